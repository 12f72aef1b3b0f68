/** The commands of {@code ./suite}, one class each; {@link io.darvoza.local.command.Suite} is where it starts. */
@NullMarked
package io.darvoza.local.command;

import org.jspecify.annotations.NullMarked;
