/** Documents of bank clients: upload, search and reading, and the events about them. */
@NullMarked
package io.darvoza.bankingdocs.document;

import org.jspecify.annotations.NullMarked;
