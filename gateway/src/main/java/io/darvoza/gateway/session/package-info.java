/** Who calls: bearer tokens as they come, and browser sessions, which stand for a token that never reaches the browser. */
@NullMarked
package io.darvoza.gateway.session;

import org.jspecify.annotations.NullMarked;
