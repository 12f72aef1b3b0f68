/** Many numbers at once: a job that outlives its caller and every instance, and leaves room for those who wait. */
@NullMarked
package io.darvoza.egov.bulk;

import org.jspecify.annotations.NullMarked;
