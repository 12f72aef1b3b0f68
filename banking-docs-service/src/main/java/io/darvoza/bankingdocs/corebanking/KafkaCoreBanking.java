package io.darvoza.bankingdocs.corebanking;

import io.darvoza.bankingdocs.document.CoreBanking;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.outbox.Outbox;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link CoreBanking} by topic {@code abs.document.submitted.v1}, through the outbox. */
@Component
final class KafkaCoreBanking implements CoreBanking {

    /** The АБС learns no client's identity; it belongs to no person's live stream. */
    private static final EventOwner ABS = EventOwner.client("abs");

    private final SuiteEvents events;
    private final Outbox outbox;

    KafkaCoreBanking(SuiteEvents events, Outbox outbox) {
        this.events = events;
        this.outbox = outbox;
    }

    @Override
    public Mono<Void> submit(Submission submission) {
        return Mono.defer(() -> {
            String id = Long.toString(submission.documentId());
            return outbox.append(
                    AbsDocumentSubmittedV1.TYPE,
                    id,
                    events.of(AbsDocumentSubmittedV1.TYPE, id, submission.rowVersion(), ABS, data(submission)));
        });
    }

    private static AbsDocumentSubmittedV1 data(Submission submission) {
        return new AbsDocumentSubmittedV1(
                submission.documentId(),
                submission.categoryId(),
                submission.version(),
                submission.contentType(),
                submission.size(),
                submission.sha256(),
                "/v1/abs/documents/%d/content?version=%d".formatted(submission.documentId(), submission.version()),
                submission.submittedAt());
    }
}
