/** Takes files from clients: spools them once, checks what they are, and lets nothing through that was not checked. */
@NullMarked
package io.darvoza.bankingdocs.upload;

import org.jspecify.annotations.NullMarked;
