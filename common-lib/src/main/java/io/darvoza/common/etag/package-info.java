/** Versions of objects as HTTP carries them, so that two people do not overwrite each other unseen. */
@NullMarked
package io.darvoza.common.etag;

import org.jspecify.annotations.NullMarked;
