/** Carries bank clients' documents between ДБО, АБС and СМ. */
@NullMarked
package io.darvoza.bankingdocs;

import org.jspecify.annotations.NullMarked;
