/** An issuer of tokens for tests, the bad tokens that everybody refuses, and the authorisation matrix. */
@NullMarked
package io.darvoza.common.test.security;

import org.jspecify.annotations.NullMarked;
