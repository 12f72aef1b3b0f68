package io.darvoza.payments.order;

import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Claim;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
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
    public Mono<Void> add(PaymentOrder order) {
        OrderTerms terms = order.terms();
        OrderState state = order.state();
        return database.sql(INSERT)
                .bind("id", terms.id())
                .bind("uid", terms.uid())
                .bind("partner", terms.partnerId())
                .bind("partnerClient", terms.partnerClient())
                .bind("externalId", SqlValue.of(String.class, terms.externalId()))
                .bind("type", terms.type().word())
                .bind("currency", terms.currency())
                .bind("amount", terms.amount())
                .bind("feeBps", terms.feeBps())
                .bind("feeMin", terms.feeMin())
                .bind("feeMax", SqlValue.of(Long.class, terms.feeMax()))
                .bind("fee", terms.fee())
                .bind("clientId", SqlValue.of(String.class, terms.clientId()))
                .bind("description", SqlValue.of(String.class, terms.description()))
                .bind("metadata", SqlValue.of(String.class, terms.metadata()))
                .bind("returnUrl", SqlValue.of(String.class, terms.returnUrl()))
                .bind("callbackUrl", SqlValue.of(String.class, terms.callbackUrl()))
                .bind("referenceType", SqlValue.of(String.class, terms.referenceType()))
                .bind("referenceId", SqlValue.of(String.class, terms.referenceId()))
                .bind("createdAt", terms.createdAt())
                .bind("expiresAt", terms.expiresAt())
                .bind("closesAt", terms.closesAt())
                .bind("lateOf", SqlValue.of(UUID.class, terms.lateOf()))
                .bind("lateEvidence", SqlValue.of(String.class, terms.lateEvidence()))
                .bind("status", state.status().word())
                .bind("subStatus", subStatus(state))
                .bind("card", SqlValue.of(UUID.class, state.cardId()))
                .bind("cardMask", SqlValue.of(String.class, state.cardMask()))
                .bind("escalateAt", SqlValue.of(Instant.class, state.escalateAt()))
                .bind("processingAt", SqlValue.of(Instant.class, state.processingAt()))
                .bind("version", state.version())
                .then()
                .onErrorMap(R2dbcOrders::refusal);
    }

    @Override
    public Mono<Void> replace(PaymentOrder before, PaymentOrder after) {
        OrderState state = after.state();
        return withClaim(database.sql(UPDATE), state.claim())
                .bind("status", state.status().word())
                .bind("subStatus", subStatus(state))
                .bind("performed", state.status().isTerminal())
                .bind("card", SqlValue.of(UUID.class, state.cardId()))
                .bind("cardMask", SqlValue.of(String.class, state.cardMask()))
                .bind("payerCard", SqlValue.of(UUID.class, state.payerCard()))
                .bind("payerCardMask", SqlValue.of(String.class, state.payerCardMask()))
                .bind("actualAmount", SqlValue.of(Long.class, state.actualAmount()))
                .bind("actualFee", SqlValue.of(Long.class, state.actualFee()))
                .bind("escalateAt", SqlValue.of(Instant.class, state.escalateAt()))
                .bind("escalatedAt", SqlValue.of(Instant.class, state.escalatedAt()))
                .bind("heldAt", SqlValue.of(Instant.class, state.heldAt()))
                .bind("document", SqlValue.of(Long.class, state.supportingDocument()))
                .bind("reason", SqlValue.of(String.class, state.reason()))
                .bind("comment", SqlValue.of(String.class, state.comment()))
                .bind("bankReference", SqlValue.of(String.class, state.bankReference()))
                .bind("decidedBy", SqlValue.of(String.class, state.decidedBy()))
                .bind("processingAt", SqlValue.of(Instant.class, state.processingAt()))
                .bind("performedAt", SqlValue.of(Instant.class, state.performedAt()))
                .bind("reversedAt", SqlValue.of(Instant.class, state.reversedAt()))
                .bind("version", state.version())
                .bind("id", after.terms().id())
                .bind("versionBefore", before.state().version())
                .bind(
                        "leaseBefore",
                        SqlValue.of(
                                Instant.class,
                                before.state().claim() == null
                                        ? null
                                        : before.state().claim().leaseUntil()))
                .fetch()
                .rowsUpdated()
                .onErrorMap(R2dbcOrders::refusal)
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("the order has moved on")))
                .then();
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

    private static GenericExecuteSpec withClaim(GenericExecuteSpec update, @Nullable Claim claim) {
        return update.bind("holder", SqlValue.of(String.class, claim == null ? null : claim.holder()))
                .bind("holderName", SqlValue.of(String.class, claim == null ? null : claim.name()))
                .bind("leaseUntil", SqlValue.of(Instant.class, claim == null ? null : claim.leaseUntil()));
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
