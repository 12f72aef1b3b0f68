/** Orders Russian state services through API ЕПГУ and ЕСИА. */
@NullMarked
package io.darvoza.gosuslugi;

import org.jspecify.annotations.NullMarked;
