/** Personal data at rest: fields encrypted with Tink, found again through a blind index of another key. */
@NullMarked
package io.darvoza.common.crypto;

import org.jspecify.annotations.NullMarked;
