/** Numbers of Kazakhstan's people, organisations and documents: what their digits say by themselves, masked wherever they are shown. */
@NullMarked
package io.darvoza.egov.number;

import org.jspecify.annotations.NullMarked;
