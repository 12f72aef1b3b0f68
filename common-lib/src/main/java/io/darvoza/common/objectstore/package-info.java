/** Files in an S3 store: a small port, its adapter with flat memory, and nothing of the store's own vocabulary beyond it. */
@NullMarked
package io.darvoza.common.objectstore;

import org.jspecify.annotations.NullMarked;
