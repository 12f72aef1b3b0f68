package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Gives a document another status: row, history and event in one transaction. The row is locked first, so of two decisions
 * at once the second one sees what the first one did.
 */
@Service
final class ChangeDocumentStatus {

    private final Documents documents;
    private final DocumentEvents events;
    private final TransactionalOperator transaction;
    private final Clock clock;

    ChangeDocumentStatus(Documents documents, DocumentEvents events, TransactionalOperator transaction, Clock clock) {
        this.documents = documents;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Somebody's wish that a document be in a status.
     *
     * @param worker account of the employee who decides; null for the core banking system
     * @param actor names who decides in the history
     * @param wantedVersion row version that the decision was made on; null for whatever it is
     */
    record Decision(
            long documentId,
            DocumentStatus target,
            @Nullable Long worker,
            String actor,
            @Nullable String reason,
            @Nullable Long wantedVersion) {}

    /**
     * The document in its new status. Joins the caller's transaction, if there is one.
     *
     * <p>Problems: {@link CommonProblem#NOT_FOUND}, {@link CommonProblem#PRECONDITION_FAILED},
     * {@link BankingDocsProblem#DOCUMENT_STATUS_CONFLICT}.
     */
    Mono<Document> handle(Decision decision) {
        return documents
                .lock(decision.documentId())
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(document -> VersionTag.require(decision.wantedVersion(), document.rowVersion()))
                .map(document -> document.decide(decision.target(), decision.worker(), clock.instant()))
                .map(ChangeDocumentStatus::allowed)
                .delayUntil(moved -> keep(moved, decision, clock.instant()))
                .map(StatusDecision.Moved::document)
                .as(transaction::transactional);
    }

    private Mono<Void> keep(StatusDecision.Moved moved, Decision decision, Instant now) {
        return documents
                .save(moved.document())
                .then(documents.note(moved, decision.actor(), decision.reason(), now))
                .then(events.statusChanged(moved, now));
    }

    /** Raises {@link BankingDocsProblem#DOCUMENT_STATUS_CONFLICT} for a move that the status forbids. */
    static StatusDecision.Moved allowed(StatusDecision decision) {
        return switch (decision) {
            case StatusDecision.Moved moved -> moved;
            case StatusDecision.Refused refused -> throw conflict(refused.current(), refused.allowed());
        };
    }

    static ProblemException conflict(DocumentStatus current, Set<DocumentStatus> allowed) {
        return BankingDocsProblem.DOCUMENT_STATUS_CONFLICT
                .exception(current.word())
                .with("current_status", current.word())
                .with(
                        "allowed",
                        allowed.stream().map(DocumentStatus::word).sorted().toList());
    }
}
