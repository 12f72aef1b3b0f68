package io.darvoza.payments.order.model;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an order so far.
 *
 * @param cardId the platform's card: of a deposit from the beginning, of a withdrawal once it is approved
 * @param payerCard token of the card that a withdrawal goes to
 * @param escalateAt when a supervisor is told, unless on hold; null once it was told
 * @param version grows by one with every change but heartbeats and notes
 */
public record OrderState(
        OrderStatus status,
        @Nullable SubStatus subStatus,
        @Nullable UUID cardId,
        @Nullable String cardMask,
        @Nullable UUID payerCard,
        @Nullable String payerCardMask,
        @Nullable Long actualAmount,
        @Nullable Long actualFee,
        @Nullable Claim claim,
        @Nullable Instant escalateAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant heldAt,
        @Nullable Long supportingDocument,
        @Nullable String reason,
        @Nullable String comment,
        @Nullable String bankReference,
        @Nullable String decidedBy,
        @Nullable Instant processingAt,
        @Nullable Instant performedAt,
        @Nullable Instant reversedAt,
        long version) {

    /** The state of an order that was just made. */
    public static OrderState opened(@Nullable UUID cardId, @Nullable String cardMask) {
        return new OrderState(
                OrderStatus.NEW,
                null,
                cardId,
                cardMask,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1);
    }

    /** The state of an order whose money came after another one had ended; it waits for operators at once. */
    public static OrderState received(OrderState ended, Instant now, Duration sla) {
        Draft draft = new Draft(opened(ended.cardId, ended.cardMask));
        draft.status = OrderStatus.PROCESSING;
        draft.subStatus = SubStatus.QUEUED;
        draft.processingAt = now;
        draft.escalateAt = now.plus(sla);
        draft.version = 1;
        return draft.state();
    }

    /** The next state: this one with changes, one version on. */
    OrderState next(Consumer<Draft> changes) {
        Draft draft = new Draft(this);
        changes.accept(draft);
        return draft.state();
    }

    /** A state in the making. */
    static final class Draft {

        OrderStatus status;

        @Nullable
        SubStatus subStatus;

        @Nullable
        UUID cardId;

        @Nullable
        String cardMask;

        @Nullable
        UUID payerCard;

        @Nullable
        String payerCardMask;

        @Nullable
        Long actualAmount;

        @Nullable
        Long actualFee;

        @Nullable
        Claim claim;

        @Nullable
        Instant escalateAt;

        @Nullable
        Instant escalatedAt;

        @Nullable
        Instant heldAt;

        @Nullable
        Long supportingDocument;

        @Nullable
        String reason;

        @Nullable
        String comment;

        @Nullable
        String bankReference;

        @Nullable
        String decidedBy;

        @Nullable
        Instant processingAt;

        @Nullable
        Instant performedAt;

        @Nullable
        Instant reversedAt;

        private long version;

        private Draft(OrderState from) {
            status = from.status;
            subStatus = from.subStatus;
            cardId = from.cardId;
            cardMask = from.cardMask;
            payerCard = from.payerCard;
            payerCardMask = from.payerCardMask;
            actualAmount = from.actualAmount;
            actualFee = from.actualFee;
            claim = from.claim;
            escalateAt = from.escalateAt;
            escalatedAt = from.escalatedAt;
            heldAt = from.heldAt;
            supportingDocument = from.supportingDocument;
            reason = from.reason;
            comment = from.comment;
            bankReference = from.bankReference;
            decidedBy = from.decidedBy;
            processingAt = from.processingAt;
            performedAt = from.performedAt;
            reversedAt = from.reversedAt;
            version = from.version + 1;
        }

        /** Ends the order. */
        void end(OrderStatus with, Actor by, Instant now) {
            status = with;
            subStatus = null;
            claim = null;
            escalateAt = null;
            heldAt = null;
            decidedBy = by.id();
            performedAt = now;
        }

        private OrderState state() {
            return new OrderState(
                    status,
                    subStatus,
                    cardId,
                    cardMask,
                    payerCard,
                    payerCardMask,
                    actualAmount,
                    actualFee,
                    claim,
                    escalateAt,
                    escalatedAt,
                    heldAt,
                    supportingDocument,
                    reason,
                    comment,
                    bankReference,
                    decidedBy,
                    processingAt,
                    performedAt,
                    reversedAt,
                    version);
        }
    }
}
