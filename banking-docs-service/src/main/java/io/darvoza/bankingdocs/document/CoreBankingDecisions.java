package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the outside АБС decides about documents. It goes through the same machine as employees' decisions, and whoever comes
 * first wins. An answer that overtook an earlier one takes the steps between: processed means approved before.
 */
@Component
public final class CoreBankingDecisions {

    /** How the history names the АБС. */
    private static final String ACTOR = "core-banking";

    private final Documents documents;
    private final ChangeDocumentStatus change;

    CoreBankingDecisions(Documents documents, ChangeDocumentStatus change) {
        this.documents = documents;
        this.change = change;
    }

    /** What an answer of the АБС may be. */
    public enum Verdict {
        APPROVED(DocumentStatus.APPROVED),
        REJECTED(DocumentStatus.REJECTED),
        PROCESSED(DocumentStatus.PROCESSED);

        private final DocumentStatus status;

        Verdict(DocumentStatus status) {
            this.status = status;
        }
    }

    /**
     * An answer of the АБС.
     *
     * @param version the content's version that it is about
     */
    public record Answer(
            long documentId,
            int version,
            Verdict verdict,
            @Nullable String reason) {}

    /** What became of an answer. */
    public enum Effect {
        APPLIED,
        /** The document has that status, or has gone on from it. */
        SETTLED_ALREADY,
        /** There is no such document, or no longer. */
        UNKNOWN_DOCUMENT,
        /** The client has sent another content since. */
        OLD_CONTENT
    }

    /** Applies an answer in the caller's transaction; an answer that does not fit changes nothing. */
    public Mono<Effect> apply(Answer answer) {
        return documents
                .lock(answer.documentId())
                .flatMap(document -> apply(answer, document))
                .defaultIfEmpty(Effect.UNKNOWN_DOCUMENT);
    }

    private Mono<Effect> apply(Answer answer, Document document) {
        if (answer.version() != document.version()) {
            return Mono.just(Effect.OLD_CONTENT);
        }
        List<DocumentStatus> steps = document.status().stepsTo(answer.verdict().status);
        if (steps.isEmpty()) {
            return Mono.just(Effect.SETTLED_ALREADY);
        }
        return Flux.fromIterable(steps)
                .concatMap(step -> change.handle(new ChangeDocumentStatus.Decision(
                        document.id(), step, null, ACTOR, step == steps.getLast() ? answer.reason() : null, null)))
                .then(Mono.just(Effect.APPLIED));
    }
}
