/** Operating system processes that never outlive this one, and the ports they listen on. */
@NullMarked
package io.darvoza.local.process;

import org.jspecify.annotations.NullMarked;
