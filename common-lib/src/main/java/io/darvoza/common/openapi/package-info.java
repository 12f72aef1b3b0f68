/** The frame of every service's OpenAPI document: who it is, where it is reached, how callers prove themselves. */
@NullMarked
package io.darvoza.common.openapi;

import org.jspecify.annotations.NullMarked;
