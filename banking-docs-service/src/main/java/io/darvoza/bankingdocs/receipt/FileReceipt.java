package io.darvoza.bankingdocs.receipt;

import io.darvoza.bankingdocs.contract.PartnerPapers;
import io.darvoza.bankingdocs.document.FilePaper;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.inbox.Inbox;
import java.time.Clock;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Files the receipt of a payment under the contract that was paid for, if the contract takes documents and the partner holds a
 * grant for it. A payment has one receipt, however often it is told.
 *
 * <p>A process that dies after the store, or a grant that is withdrawn at that moment, leaves an object that the sweep removes.
 */
@Service
final class FileReceipt {

    private static final String CONSUMER = "banking-docs.receipts";

    /** How the history names who filed it. */
    private static final String ACTOR = "payments";

    /** «Финансы» of the dictionary, whose numbers never change. */
    private static final int CATEGORY = 2;

    private final Inbox inbox;
    private final PartnerPapers contracts;
    private final FilePaper papers;
    private final DatabaseClient database;
    private final Clock clock;

    FileReceipt(Inbox inbox, PartnerPapers contracts, FilePaper papers, DatabaseClient database, Clock clock) {
        this.inbox = inbox;
        this.contracts = contracts;
        this.papers = papers;
        this.database = database;
        this.clock = clock;
    }

    /** Whether a payment is to have a receipt, and has none yet. */
    Mono<ReceiptOutcome> outlook(PaymentApprovedV1 payment, long contract) {
        return hasOne(payment.uid())
                .flatMap(there -> there
                        ? Mono.just(ReceiptOutcome.FILED_ALREADY)
                        : contracts.admission(contract, payment.partner()).map(ReceiptOutcome::of));
    }

    /** Files it. Fails, so that the event comes again, when it is wanted no longer. */
    Mono<ReceiptOutcome> handle(SuiteEvent event, PaymentApprovedV1 payment, long contract, byte[] pdf) {
        return papers.store("receipt-" + payment.uid() + ".pdf", pdf)
                .flatMap(file -> inbox.once(CONSUMER, event, add(payment, contract, file)))
                .map(filed -> filed ? ReceiptOutcome.FILED : ReceiptOutcome.FILED_ALREADY);
    }

    private Mono<Void> add(PaymentApprovedV1 payment, long contract, DocumentFile file) {
        return contracts
                .admit(contract, payment.partner())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("a grant went away while it was used")))
                .map(ownerId -> new FilePaper.Paper(ownerId, CATEGORY, "Квитанция о платеже " + payment.paid(), ACTOR))
                .flatMap(paper -> papers.add(paper, file))
                .delayUntil(document -> remember(payment.uid(), document.id()))
                .flatMap(document -> contracts.link(contract, document, ACTOR));
    }

    private Mono<Boolean> hasOne(String payment) {
        return database.sql("select exists (select from payment_receipt where payment = :payment)")
                .bind("payment", payment)
                .mapValue(Boolean.class)
                .one();
    }

    private Mono<Void> remember(String payment, long documentId) {
        return database.sql("insert into payment_receipt (payment, document_id, filed_at) values (:payment, :id, :now)")
                .bind("payment", payment)
                .bind("id", documentId)
                .bind("now", clock.instant())
                .then();
    }
}
