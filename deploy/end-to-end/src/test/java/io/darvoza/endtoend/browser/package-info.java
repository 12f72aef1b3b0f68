/** The suite's pages as people meet them: in Debian's Chromium, signed in through the gateway. */
@NullMarked
package io.darvoza.endtoend.browser;

import org.jspecify.annotations.NullMarked;
