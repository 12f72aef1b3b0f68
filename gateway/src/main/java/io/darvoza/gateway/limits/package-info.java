/** How much one caller may ask of the suite: limits shared by all gateways through Redis, kept alone when it is away. */
@NullMarked
package io.darvoza.gateway.limits;

import org.jspecify.annotations.NullMarked;
