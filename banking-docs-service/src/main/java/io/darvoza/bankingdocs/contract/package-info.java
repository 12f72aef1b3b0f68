/** СМ, the management of contracts: contracts of clients, the documents under them, and which partners may file there. */
@NullMarked
package io.darvoza.bankingdocs.contract;

import org.jspecify.annotations.NullMarked;
