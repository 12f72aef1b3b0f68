/** Leaving the registry before the last requests are served, so that nobody is sent to a service that goes. */
@NullMarked
package io.darvoza.common.registry;

import org.jspecify.annotations.NullMarked;
