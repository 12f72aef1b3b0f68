package io.darvoza.payments.treasury;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** L9: money went from one card of ours to another. */
@Service
public final class CardMoves {

    private static final String SELECT = """
            select m.*, f.mask from_mask, t.mask to_mask from card_move m
            join card f on f.id = m.from_card join card t on t.id = m.to_card
            """;

    private final OwnCards cards;
    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final Ledger ledger;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    CardMoves(
            OwnCards cards,
            DatabaseClient database,
            KeysetCursors cursors,
            Ledger ledger,
            AuditLog audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.cards = cards;
        this.database = database;
        this.cursors = cursors;
        this.ledger = ledger;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A move as a bank shows it.
     *
     * @param bankFeeMinor what the bank took from the first card beyond the amount
     * @param bankReference the bank's, by which it is booked once
     */
    public record Move(
            UUID fromCard,
            UUID toCard,
            String currency,
            long amountMinor,
            long bankFeeMinor,
            String bankReference,
            @Nullable String comment) {}

    /** The one currency of both cards. Raises {@link CommonProblem#VALIDATION_FAILED} when there is no such one. */
    public Mono<Currency> currencyOf(@Nullable UUID from, @Nullable UUID to) {
        return found("/from_card", from).zipWith(found("/to_card", to)).map(both -> {
            Currency currency = both.getT1().currency();
            if (both.getT1().equals(both.getT2()) || currency != both.getT2().currency()) {
                throw CommonProblem.VALIDATION_FAILED
                        .exception()
                        .error("/to_card", "another card of the same currency");
            }
            return currency;
        });
    }

    private Mono<OwnCards.OwnCard> found(String pointer, @Nullable UUID card) {
        return Mono.justOrEmpty(card)
                .flatMap(cards::find)
                .switchIfEmpty(Mono.error(
                        () -> CommonProblem.VALIDATION_FAILED.exception().error(pointer, "no such card")));
    }

    /**
     * Books a move in the caller's transaction. Raises {@link PaymentsProblem#BANK_REFERENCE_TAKEN} when it was booked before.
     *
     * @param confirmedBy the second person; a move with a bank's fee needs one
     */
    public Mono<BookedMove> book(Move move, String actor, @Nullable String confirmedBy) {
        UUID id = ids.next();
        Posting posting = Posting.cardMove(move.fromCard(), move.toCard(), move.amountMinor(), move.bankFeeMinor());
        return insert(id, move, actor, confirmedBy)
                .then(Mono.defer(() -> ledger.post(
                        posting, Currency.valueOf(move.currency()), confirmedBy == null ? actor : confirmedBy)))
                .then(Mono.defer(() -> find(id)))
                .delayUntil(booked -> audit.write(
                        confirmedBy == null ? actor : confirmedBy,
                        "card_money_moved",
                        "card_move",
                        id.toString(),
                        null,
                        booked,
                        null));
    }

    private Mono<Void> insert(UUID id, Move move, String actor, @Nullable String confirmedBy) {
        return database.sql("""
                        insert into card_move (id, from_card, to_card, currency, amount_minor, bank_fee_minor, bank_reference,
                            comment, moved_by, confirmed_by, moved_at)
                        values (:id, :from, :to, :currency, :amount, :fee, :reference, :comment, :actor, :confirmed, :now)
                        """)
                .bind("id", id)
                .bind("from", move.fromCard())
                .bind("to", move.toCard())
                .bind("currency", move.currency())
                .bind("amount", move.amountMinor())
                .bind("fee", move.bankFeeMinor())
                .bind("reference", move.bankReference())
                .bind("comment", SqlValue.of(String.class, move.comment()))
                .bind("actor", actor)
                .bind("confirmed", SqlValue.of(String.class, confirmedBy))
                .bind("now", clock.instant())
                .then()
                .onErrorMap(
                        fault -> Constraints.broken("card_move_from_card_bank_reference_key", fault),
                        fault -> PaymentsProblem.BANK_REFERENCE_TAKEN
                                .exception()
                                .error("/bank_reference", "taken")
                                .causedBy(fault));
    }

    /** Empty when there is none with this id. */
    public Mono<BookedMove> find(UUID id) {
        return database.sql(SELECT + " where m.id = :id")
                .bind("id", id)
                .map(BookedMove::from)
                .one();
    }

    /** What was booked, newest first. */
    public Mono<Page<BookedMove>> page(PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("payments.admin.card-moves");
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> cursor.after(last.movedAt(), last.id())));
    }

    private Mono<List<BookedMove>> rows(List<String> position, int limit) {
        String beyond = position.isEmpty() ? "" : " where (m.moved_at, m.id) < (:at, :id)";
        DatabaseClient.GenericExecuteSpec select =
                database.sql(SELECT + beyond + " order by m.moved_at desc, m.id desc limit " + limit);
        return (position.isEmpty()
                        ? select
                        : select.bind("at", Instant.parse(position.get(0)))
                                .bind("id", UUID.fromString(position.get(1))))
                .map(BookedMove::from)
                .all()
                .collectList();
    }
}
