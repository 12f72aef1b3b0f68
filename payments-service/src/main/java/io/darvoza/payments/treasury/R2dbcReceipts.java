package io.darvoza.payments.treasury;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Receipts} in table {@code card_receipt}. */
@Component
final class R2dbcReceipts implements Receipts {

    private static final String SELECT = """
            select r.*, c.mask, o.uid order_uid from card_receipt r join card c on c.id = r.card_id
            left join payment_order o on o.id = r.order_id
            """;

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    R2dbcReceipts(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** A receipt to be. */
    record Wish(
            UUID id,
            OwnCards.OwnCard card,
            long amountMinor,
            String bankReference,
            @Nullable String comment,
            String actor,
            Instant at) {}

    /** Raises {@link PaymentsProblem#BANK_REFERENCE_TAKEN} when a receipt or an approved order of the card has it. */
    Mono<Void> add(Wish wish) {
        return lockedAgainstApprovals(wish.card().id())
                .then(hasOrder(wish))
                .flatMap(taken -> taken ? Mono.error(taken()) : insert(wish))
                .onErrorMap(
                        fault -> Constraints.broken("card_receipt_card_id_bank_reference_key", fault),
                        fault -> taken().causedBy(fault));
    }

    /** An approval counts turnover on this row, so none of the card comes between the look and the commit. */
    private Mono<Void> lockedAgainstApprovals(UUID card) {
        return database.sql("select 1 from card_counter where card_id = :card and direction = 'in' for update")
                .bind("card", card)
                .then();
    }

    private Mono<Boolean> hasOrder(Wish wish) {
        return database.sql("""
                        select exists (select from payment_order where card_id = :card and bank_reference = :reference
                                       and status = 'approved' and reversed_at is null)
                        """)
                .bind("card", wish.card().id())
                .bind("reference", wish.bankReference())
                .mapValue(Boolean.class)
                .one();
    }

    private Mono<Void> insert(Wish wish) {
        return database.sql("""
                        insert into card_receipt (id, card_id, currency, amount_minor, bank_reference, comment, recorded_by,
                            recorded_at)
                        values (:id, :card, :currency, :amount, :reference, :comment, :actor, :now)
                        """)
                .bind("id", wish.id())
                .bind("card", wish.card().id())
                .bind("currency", wish.card().currency().name())
                .bind("amount", wish.amountMinor())
                .bind("reference", wish.bankReference())
                .bind("comment", SqlValue.of(String.class, wish.comment()))
                .bind("actor", wish.actor())
                .bind("now", wish.at())
                .then();
    }

    private static ProblemException taken() {
        return PaymentsProblem.BANK_REFERENCE_TAKEN.exception().error("/bank_reference", "taken");
    }

    @Override
    public Mono<Boolean> take(UUID orderId, UUID cardId, String bankReference, long amountMinor) {
        return database.sql("""
                        update card_receipt set order_id = :order
                        where card_id = :card and bank_reference = :reference and order_id is null
                        returning amount_minor, currency
                        """)
                .bind("order", orderId)
                .bind("card", cardId)
                .bind("reference", bankReference)
                .map(row -> Map.entry(
                        Objects.requireNonNull(row.get("amount_minor", Long.class)),
                        Currency.valueOf(Objects.requireNonNull(row.get("currency", String.class)))))
                .one()
                .flatMap(found -> found.getKey() == amountMinor
                        ? Mono.just(true)
                        : Mono.error(CommonProblem.VALIDATION_FAILED
                                .exception()
                                .error(
                                        "/actual_amount",
                                        "the receipt with this bank reference is of "
                                                + Amount.format(found.getKey(), found.getValue()))))
                .defaultIfEmpty(false);
    }

    @Override
    public Mono<Void> giveBack(UUID orderId) {
        return database.sql("update card_receipt set order_id = null where order_id = :order")
                .bind("order", orderId)
                .then();
    }

    Mono<ReceiptResponse> find(UUID id) {
        return database.sql(SELECT + " where r.id = :id")
                .bind("id", id)
                .map(ReceiptResponse::from)
                .one();
    }

    /** Newest first; those that wait for their order, those that have it, or all. */
    Mono<Page<ReceiptResponse>> page(@Nullable Boolean matched, @Nullable UUID card, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("payments.admin.receipts", matched, card);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(matched, card, position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> cursor.after(last.recordedAt(), last.id())));
    }

    private Mono<List<ReceiptResponse>> rows(
            @Nullable Boolean matched, @Nullable UUID card, List<String> position, int limit) {
        StringBuilder sql = new StringBuilder(SELECT).append(" where true");
        Map<String, Object> values = new LinkedHashMap<>();
        if (matched != null) {
            sql.append(matched ? " and r.order_id is not null" : " and r.order_id is null");
        }
        if (card != null) {
            sql.append(" and r.card_id = :card");
            values.put("card", card);
        }
        if (!position.isEmpty()) {
            sql.append(" and (r.recorded_at, r.id) < (:at, :id)");
            values.put("at", Instant.parse(position.get(0)));
            values.put("id", UUID.fromString(position.get(1)));
        }
        sql.append(" order by r.recorded_at desc, r.id desc limit ").append(limit);
        return database.sql(sql.toString())
                .bindValues(values)
                .map(ReceiptResponse::from)
                .all()
                .collectList();
    }
}
