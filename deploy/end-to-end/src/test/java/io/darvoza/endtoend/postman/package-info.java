/** The Postman collection of banking-docs-service: made of its contract, compared with the committed one, run by newman. */
@NullMarked
package io.darvoza.endtoend.postman;

import org.jspecify.annotations.NullMarked;
