/** People, documents and a contract of the local run, so that the printed requests of the seed work as they stand. */
@NullMarked
package io.darvoza.bankingdocs.local;

import org.jspecify.annotations.NullMarked;
