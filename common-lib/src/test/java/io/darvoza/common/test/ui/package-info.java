/** Checks of pages that every service with pages runs on its own. */
@NullMarked
package io.darvoza.common.test.ui;

import org.jspecify.annotations.NullMarked;
