/** Events that no listener could take: shown to operations, and sent again once the cause is mended. */
@NullMarked
package io.darvoza.common.deadletter;

import org.jspecify.annotations.NullMarked;
