package io.darvoza.payments.ledger.model;

import static io.darvoza.payments.ledger.model.AccountKind.ADJUSTMENT;
import static io.darvoza.payments.ledger.model.AccountKind.AVAILABLE;
import static io.darvoza.payments.ledger.model.AccountKind.COMMISSION;
import static io.darvoza.payments.ledger.model.AccountKind.FLOAT;
import static io.darvoza.payments.ledger.model.AccountKind.HELD;
import static io.darvoza.payments.ledger.model.AccountKind.SETTLEMENT;
import static io.darvoza.payments.ledger.model.AccountKind.SUSPENSE;
import static io.darvoza.payments.ledger.model.Line.credit;
import static io.darvoza.payments.ledger.model.Line.debit;

import io.darvoza.payments.ledger.model.Line.Side;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the ledger in one currency; its debits equal its credits. The codes L1–L9 are those of the contract; L5, the
 * reversal, mirrors what the database holds and is not made here.
 *
 * @param orderId the order that it belongs to; each order has at most one posting of a kind
 */
public record Posting(Kind kind, @Nullable UUID orderId, List<Line> lines) {

    public enum Kind {
        HOLD,
        DEPOSIT,
        WITHDRAWAL,
        VOID,
        PREFUND,
        SETTLEMENT,
        RECEIPT,
        MATCH,
        CARD_MOVE;

        /** The word in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Posting {
        lines = List.copyOf(lines);
        if (sum(lines, Side.DEBIT) != sum(lines, Side.CREDIT) || sum(lines, Side.DEBIT) == 0) {
            throw new IllegalArgumentException("debits and credits of %s differ or are nothing".formatted(kind));
        }
    }

    /** L1: reserves amount and fee of a withdrawal. */
    public static Posting hold(UUID orderId, UUID partner, long held) {
        return new Posting(Kind.HOLD, orderId, List.of(debit(AVAILABLE, partner, held), credit(HELD, partner, held)));
    }

    /** L2: money came to the card; the partner gets it less the fee. */
    public static Posting deposit(UUID orderId, UUID partner, UUID card, long amount, long fee) {
        return new Posting(
                Kind.DEPOSIT,
                orderId,
                List.of(
                        debit(FLOAT, card, amount),
                        credit(AVAILABLE, partner, amount - fee),
                        credit(COMMISSION, null, fee)));
    }

    /** L3: money left the card; of what was held the rest comes back. Fails for more than was held. */
    public static Posting withdrawal(UUID orderId, UUID partner, UUID card, long held, long amount, long fee) {
        return new Posting(
                Kind.WITHDRAWAL,
                orderId,
                List.of(
                        debit(HELD, partner, held),
                        credit(FLOAT, card, amount),
                        credit(COMMISSION, null, fee),
                        credit(AVAILABLE, partner, held - amount - fee)));
    }

    /** L4: gives back what a withdrawal held. */
    public static Posting voidOf(UUID orderId, UUID partner, long held) {
        return new Posting(Kind.VOID, orderId, List.of(debit(HELD, partner, held), credit(AVAILABLE, partner, held)));
    }

    /** L6: the partner paid in. */
    public static Posting prefund(UUID partner, long amount) {
        return new Posting(
                Kind.PREFUND, null, List.of(debit(SETTLEMENT, null, amount), credit(AVAILABLE, partner, amount)));
    }

    /** L7: the partner was paid out. */
    public static Posting settlement(UUID partner, long amount) {
        return new Posting(
                Kind.SETTLEMENT, null, List.of(debit(AVAILABLE, partner, amount), credit(SETTLEMENT, null, amount)));
    }

    /** L8: money came to a card that no order waits for. */
    public static Posting receipt(UUID card, long amount) {
        return new Posting(Kind.RECEIPT, null, List.of(debit(FLOAT, card, amount), credit(SUSPENSE, null, amount)));
    }

    /** L8, second half: such money was found to be an order's. */
    public static Posting match(UUID orderId, UUID partner, long amount, long fee) {
        return new Posting(
                Kind.MATCH,
                orderId,
                List.of(
                        debit(SUSPENSE, null, amount),
                        credit(AVAILABLE, partner, amount - fee),
                        credit(COMMISSION, null, fee)));
    }

    /** L9: money went from one card to another; the bank's fee came off the first one. */
    public static Posting cardMove(UUID from, UUID to, long amount, long bankFee) {
        return new Posting(
                Kind.CARD_MOVE,
                null,
                List.of(
                        debit(FLOAT, to, amount),
                        debit(ADJUSTMENT, null, bankFee),
                        credit(FLOAT, from, amount + bankFee)));
    }

    private static long sum(List<Line> lines, Side side) {
        return lines.stream()
                .filter(line -> line.side() == side)
                .mapToLong(Line::amount)
                .reduce(0, Math::addExact);
    }
}
