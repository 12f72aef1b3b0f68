/** Who may pass the door: one chain for tokens, one for browsers, one for what needs neither. */
@NullMarked
package io.darvoza.gateway.access;

import org.jspecify.annotations.NullMarked;
