package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a document for a change: locked, of the wanted version, and the caller's own unless a role opens all. */
@Component
final class LockedDocument {

    private final CallerAccount callerAccount;
    private final Documents documents;

    LockedDocument(CallerAccount callerAccount, Documents documents) {
        this.callerAccount = callerAccount;
        this.documents = documents;
    }

    /**
     * The document, which nobody else changes until the end of the caller's transaction.
     *
     * <p>Problems: {@link CommonProblem#NOT_FOUND}, {@link CommonProblem#PRECONDITION_FAILED}.
     *
     * @param version row version that the caller knows; null for whatever it is
     */
    Mono<Document> of(long id, Caller caller, @Nullable Long version) {
        return callerAccount
                .of(caller)
                .flatMap(own -> documents
                        .lock(id)
                        .filter(document ->
                                document.ownerId() == own.id() || caller.hasAny(DocumentVisibility.CHANGES)))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(document -> VersionTag.require(version, document.rowVersion()));
    }
}
