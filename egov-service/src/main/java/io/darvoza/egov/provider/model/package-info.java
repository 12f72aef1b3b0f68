/** What can be said about a number: verdict, reason, and how much it is worth. */
@NullMarked
package io.darvoza.egov.provider.model;

import org.jspecify.annotations.NullMarked;
