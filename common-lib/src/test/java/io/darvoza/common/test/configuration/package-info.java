/** The generated reference of properties, held against the code. */
@NullMarked
package io.darvoza.common.test.configuration;

import org.jspecify.annotations.NullMarked;
