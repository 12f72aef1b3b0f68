/** What a document of a bank client is, and how its processing may go on. */
@NullMarked
package io.darvoza.bankingdocs.document.model;

import org.jspecify.annotations.NullMarked;
