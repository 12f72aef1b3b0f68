/** Who did what beside changes of status: readings of personal data, edits, holds, links to content. */
@NullMarked
package io.darvoza.bankingdocs.audit;

import org.jspecify.annotations.NullMarked;
