/** Form buttons: the script that adds them, forms that show them, and tokens for forms on other origins. */
@NullMarked
package io.darvoza.egov.embed;

import org.jspecify.annotations.NullMarked;
