/** What happens in a service, numbered in a table and told live to as many readers as like. */
@NullMarked
package io.darvoza.common.feed;

import org.jspecify.annotations.NullMarked;
