/** The pages of documents and contracts, made of the service's own operations (ADR 20). */
@NullMarked
package io.darvoza.bankingdocs.page;

import org.jspecify.annotations.NullMarked;
