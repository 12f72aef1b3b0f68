/** Files of the repository that are generated from the code and committed, so that a change of them is seen. */
@NullMarked
package io.darvoza.common.test.committed;

import org.jspecify.annotations.NullMarked;
