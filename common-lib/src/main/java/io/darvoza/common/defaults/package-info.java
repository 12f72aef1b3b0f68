/** What is the same in every service, said once: properties of the lowest precedence. */
@NullMarked
package io.darvoza.common.defaults;

import org.jspecify.annotations.NullMarked;
