/** The only public address of the suite. */
@NullMarked
package io.darvoza.gateway;

import org.jspecify.annotations.NullMarked;
