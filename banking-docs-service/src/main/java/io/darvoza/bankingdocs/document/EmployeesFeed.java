package io.darvoza.bankingdocs.document;

import reactor.core.publisher.Mono;

/** What employees' screens are told. */
@FunctionalInterface
interface EmployeesFeed {

    /**
     * Within the transaction in which it happened; on screens soon after its commit.
     *
     * @param kind one word: uploaded, status-changed, linked, link-changed, deleted, held or released
     */
    Mono<Void> tell(long documentId, String kind);
}
