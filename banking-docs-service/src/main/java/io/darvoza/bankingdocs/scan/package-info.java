/** Looks for viruses in files before they are kept, by a clamd that stands beside the service. */
@NullMarked
package io.darvoza.bankingdocs.scan;

import org.jspecify.annotations.NullMarked;
