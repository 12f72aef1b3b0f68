package io.darvoza.payments.order;

import static java.util.Map.entry;

import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Claim;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Orders} in table {@code payment_order}. */
@Component
final class R2dbcOrders implements Orders {

    private static final String INSERT = """
            insert into payment_order (id, uid, partner_id, partner_client, external_id, type, currency, amount, fee_bps,
                fee_min, fee_max, fee, client_id, description, metadata, return_url, callback_url, reference_type,
                reference_id, created_at, expires_at, closes_at, late_of, late_evidence, status, sub_status, performed,
                card_id, card_mask, escalate_at, processing_at, version)
            values (:id, :uid, :partner, :partnerClient, :externalId, :type, :currency, :amount, :feeBps,
                :feeMin, :feeMax, :fee, :clientId, :description, :metadata, :returnUrl, :callbackUrl, :referenceType,
                :referenceId, :createdAt, :expiresAt, :closesAt, :lateOf, :lateEvidence, :status, :subStatus, false,
                :card, :cardMask, :escalateAt, :processingAt, :version)
            """;

    /** A heartbeat changes the lease and not the version, so the lease must be the one that was read. */
    private static final String UPDATE = """
            update payment_order set status = :status, sub_status = :subStatus, performed = :performed, card_id = :card,
                card_mask = :cardMask, payer_card_token = :payerCard, payer_card_mask = :payerCardMask,
                actual_amount = :actualAmount, actual_fee = :actualFee, assigned_to = :holder, assigned_name = :holderName,
                lease_until = :leaseUntil, escalate_at = :escalateAt, escalated_at = :escalatedAt, held_at = :heldAt,
                supporting_document = :document, reason = :reason, comment = :comment, bank_reference = :bankReference,
                decided_by = :decidedBy, processing_at = :processingAt, performed_at = :performedAt,
                reversed_at = :reversedAt, version = :version
            where id = :id and version = :versionBefore and lease_until is not distinct from :leaseBefore
            """;

    private final DatabaseClient database;

    R2dbcOrders(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<PaymentOrder> withUid(UUID uid) {
        return database.sql("select * from payment_order where uid = :uid")
                .bind("uid", uid)
                .map(OrderRow::read)
                .one();
    }

    @Override
    public Mono<Void> add(PaymentOrder order, List<Write> told) {
        return write(new Write(INSERT, inserted(order.terms(), order.state()), _ -> Mono.empty()), told);
    }

    @Override
    public Mono<Void> replace(PaymentOrder before, PaymentOrder after, List<Write> told) {
        return write(new Write(UPDATE, updated(before, after), R2dbcOrders::requireMoved), told);
    }

    /** The order's row comes first and locks it, so what is told of two moves is told in their order. */
    private Mono<Void> write(Write row, List<Write> told) {
        return Write.together(
                        database, Stream.concat(Stream.of(row), told.stream()).toList())
                .onErrorMap(R2dbcOrders::refusal);
    }

    private static Mono<Void> requireMoved(long rows) {
        return rows == 1 ? Mono.empty() : Mono.error(new OptimisticLockingFailureException("the order has moved on"));
    }

    private static Map<String, Object> inserted(OrderTerms terms, OrderState state) {
        return Map.ofEntries(
                entry("id", terms.id()),
                entry("uid", terms.uid()),
                entry("partner", terms.partnerId()),
                entry("partnerClient", terms.partnerClient()),
                entry("externalId", SqlValue.of(String.class, terms.externalId())),
                entry("type", terms.type().word()),
                entry("currency", terms.currency()),
                entry("amount", terms.amount()),
                entry("feeBps", terms.feeBps()),
                entry("feeMin", terms.feeMin()),
                entry("feeMax", SqlValue.of(Long.class, terms.feeMax())),
                entry("fee", terms.fee()),
                entry("clientId", SqlValue.of(String.class, terms.clientId())),
                entry("description", SqlValue.of(String.class, terms.description())),
                entry("metadata", SqlValue.of(String.class, terms.metadata())),
                entry("returnUrl", SqlValue.of(String.class, terms.returnUrl())),
                entry("callbackUrl", SqlValue.of(String.class, terms.callbackUrl())),
                entry("referenceType", SqlValue.of(String.class, terms.referenceType())),
                entry("referenceId", SqlValue.of(String.class, terms.referenceId())),
                entry("createdAt", terms.createdAt()),
                entry("expiresAt", terms.expiresAt()),
                entry("closesAt", terms.closesAt()),
                entry("lateOf", SqlValue.of(UUID.class, terms.lateOf())),
                entry("lateEvidence", SqlValue.of(String.class, terms.lateEvidence())),
                entry("status", state.status().word()),
                entry("subStatus", subStatus(state)),
                entry("card", SqlValue.of(UUID.class, state.cardId())),
                entry("cardMask", SqlValue.of(String.class, state.cardMask())),
                entry("escalateAt", SqlValue.of(Instant.class, state.escalateAt())),
                entry("processingAt", SqlValue.of(Instant.class, state.processingAt())),
                entry("version", state.version()));
    }

    private static Map<String, Object> updated(PaymentOrder before, PaymentOrder after) {
        OrderState state = after.state();
        Claim claim = state.claim();
        Claim claimBefore = before.state().claim();
        return Map.ofEntries(
                entry("status", state.status().word()),
                entry("subStatus", subStatus(state)),
                entry("performed", state.status().isTerminal()),
                entry("card", SqlValue.of(UUID.class, state.cardId())),
                entry("cardMask", SqlValue.of(String.class, state.cardMask())),
                entry("payerCard", SqlValue.of(UUID.class, state.payerCard())),
                entry("payerCardMask", SqlValue.of(String.class, state.payerCardMask())),
                entry("actualAmount", SqlValue.of(Long.class, state.actualAmount())),
                entry("actualFee", SqlValue.of(Long.class, state.actualFee())),
                entry("holder", SqlValue.of(String.class, claim == null ? null : claim.holder())),
                entry("holderName", SqlValue.of(String.class, claim == null ? null : claim.name())),
                entry("leaseUntil", SqlValue.of(Instant.class, claim == null ? null : claim.leaseUntil())),
                entry("escalateAt", SqlValue.of(Instant.class, state.escalateAt())),
                entry("escalatedAt", SqlValue.of(Instant.class, state.escalatedAt())),
                entry("heldAt", SqlValue.of(Instant.class, state.heldAt())),
                entry("document", SqlValue.of(Long.class, state.supportingDocument())),
                entry("reason", SqlValue.of(String.class, state.reason())),
                entry("comment", SqlValue.of(String.class, state.comment())),
                entry("bankReference", SqlValue.of(String.class, state.bankReference())),
                entry("decidedBy", SqlValue.of(String.class, state.decidedBy())),
                entry("processingAt", SqlValue.of(Instant.class, state.processingAt())),
                entry("performedAt", SqlValue.of(Instant.class, state.performedAt())),
                entry("reversedAt", SqlValue.of(Instant.class, state.reversedAt())),
                entry("version", state.version()),
                entry("id", after.terms().id()),
                entry("versionBefore", before.state().version()),
                entry(
                        "leaseBefore",
                        SqlValue.of(Instant.class, claimBefore == null ? null : claimBefore.leaseUntil())));
    }

    @Override
    public Mono<Boolean> heartbeat(UUID uid, String holder, Instant leaseUntil) {
        return database.sql("""
                        update payment_order set lease_until = :until
                        where uid = :uid and assigned_to = :holder and status = 'processing'
                        """)
                .bind("until", leaseUntil)
                .bind("uid", uid)
                .bind("holder", holder)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static Object subStatus(OrderState state) {
        return SqlValue.of(
                String.class,
                state.subStatus() == null ? null : state.subStatus().word());
    }

    private static Throwable refusal(Throwable fault) {
        return switch (Constraints.brokenBy(fault).orElse("")) {
            case "payment_order_external_id_of_partner" ->
                PaymentsProblem.EXTERNAL_ID_TAKEN
                        .exception()
                        .error("/external_id", "taken")
                        .causedBy(fault);
            case "payment_order_open_amount" ->
                PaymentsProblem.NO_CARD_AVAILABLE
                        .exception()
                        .retryAfter(Duration.ofSeconds(60))
                        .causedBy(fault);
            case "payment_order_bank_reference" ->
                PaymentsProblem.BANK_REFERENCE_TAKEN
                        .exception()
                        .error("/bank_reference", "taken")
                        .causedBy(fault);
            case "payment_order_late" ->
                PaymentsProblem.LATE_NOT_POSSIBLE
                        .exception()
                        .with("reason", "already_received")
                        .causedBy(fault);
            default -> fault;
        };
    }
}
