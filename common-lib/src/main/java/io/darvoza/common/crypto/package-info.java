/** Personal data at rest: fields encrypted with Tink, found again through a blind index of another key; and hashes. */
@NullMarked
package io.darvoza.common.crypto;

import org.jspecify.annotations.NullMarked;
