/** What a contract and its links are, and how they may go on. */
@NullMarked
package io.darvoza.bankingdocs.contract.model;

import org.jspecify.annotations.NullMarked;
