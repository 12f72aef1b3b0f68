package io.darvoza.payments.treasury;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** L8: money came to a card that no order waits for. It stands in suspense until a deposit is approved with its reference. */
@Service
final class RecordReceipt {

    private static final int MAX_REFERENCE = 64;
    private static final int MAX_COMMENT = 500;

    private final OwnCards cards;
    private final R2dbcReceipts receipts;
    private final Ledger ledger;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    RecordReceipt(
            OwnCards cards, R2dbcReceipts receipts, Ledger ledger, AuditLog audit, TimeOrderedIds ids, Clock clock) {
        this.cards = cards;
        this.receipts = receipts;
        this.ledger = ledger;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The receipt; in the caller's transaction. Problems: {@link CommonProblem#VALIDATION_FAILED},
     * {@link PaymentsProblem#BANK_REFERENCE_TAKEN}.
     */
    Mono<ReceiptResponse> handle(ReceiptController.ReceiptRequest request, String actor) {
        UUID card = request.cardId();
        return Mono.justOrEmpty(card)
                .flatMap(cards::find)
                .switchIfEmpty(Mono.error(
                        () -> CommonProblem.VALIDATION_FAILED.exception().error("/card_id", "no such card")))
                .map(found -> wish(found, request, actor))
                .flatMap(this::book);
    }

    private R2dbcReceipts.Wish wish(OwnCards.OwnCard card, ReceiptController.ReceiptRequest request, String actor) {
        RequestCheck check = new RequestCheck();
        long minor = check.amount("/amount", request.amount(), card.currency(), 1);
        String reference = check.text("/bank_reference", request.bankReference(), MAX_REFERENCE);
        String comment = request.comment() == null ? null : check.text("/comment", request.comment(), MAX_COMMENT);
        check.done();
        return new R2dbcReceipts.Wish(ids.next(), card, minor, reference, comment, actor, clock.instant());
    }

    private Mono<ReceiptResponse> book(R2dbcReceipts.Wish wish) {
        UUID card = wish.card().id();
        return receipts.add(wish)
                .then(Mono.defer(() -> ledger.post(
                        Posting.receipt(card, wish.amountMinor()), wish.card().currency(), wish.actor())))
                .then(Mono.defer(() -> receipts.find(wish.id())))
                .delayUntil(receipt -> audit.write(
                        wish.actor(),
                        "receipt_recorded",
                        "receipt",
                        receipt.id().toString(),
                        null,
                        receipt,
                        null));
    }
}
