/** The few places where reactive code meets a thread: waiting, detached work, rounds of it, failpoints. */
@NullMarked
package io.darvoza.common.reactive;

import org.jspecify.annotations.NullMarked;
