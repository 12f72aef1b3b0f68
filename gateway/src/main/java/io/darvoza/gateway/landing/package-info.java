/** The start page: where a person can go, and which parts answer. */
@NullMarked
package io.darvoza.gateway.landing;

import org.jspecify.annotations.NullMarked;
