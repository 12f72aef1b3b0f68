/** One half of a cycle between features, for the rule against it. */
@NullMarked
package io.darvoza.cyclic.first;

import org.jspecify.annotations.NullMarked;
