package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.RefusedPages;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** Refusals on the desk's pages. */
@ControllerAdvice(basePackageClasses = RefusedDeskPages.class)
final class RefusedDeskPages extends RefusedPages {}
