package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.RefusedPages;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** Refusals on these pages. */
@ControllerAdvice(basePackageClasses = RefusedDocumentPages.class)
final class RefusedDocumentPages extends RefusedPages {}
