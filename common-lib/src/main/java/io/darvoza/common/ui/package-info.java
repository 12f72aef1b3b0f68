/** The UI kit: one look, one frame and one set of security headers for every page of the suite. */
@NullMarked
package io.darvoza.common.ui;

import org.jspecify.annotations.NullMarked;
