/** Documents for programmers: the API descriptions of all services, two viewers for them, and what each problem means. */
@NullMarked
package io.darvoza.gateway.apidocs;

import org.jspecify.annotations.NullMarked;
