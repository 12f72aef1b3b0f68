package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Detached;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.FailureReason;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.RejectionReason;
import io.darvoza.payments.order.model.Role;
import io.darvoza.payments.partner.Partners;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Orders that a partner's people make to see how everything goes, and whose operator they are themselves. Only in the local run,
 * where money is invented; orders of the partner's program stay out of reach.
 */
@Service
@Profile("local")
public final class SimulatedOrders {

    private static final String PREFIX = "simulated-";
    private static final String PAYERS_CARD = "2200000000000004";
    private static final String COMMENT = "simulation";
    private static final int SHOWN = 20;
    private static final Actor OPERATOR = new Actor("system:simulation", "simulation", Set.of(Role.OPERATOR));

    private final Partners partners;
    private final CreateOrder create;
    private final ConfirmPayment confirm;
    private final CommandOrder command;
    private final ApproveOrder approve;
    private final Orders orders;
    private final OrderProperties properties;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Detached detached;

    SimulatedOrders(
            Partners partners,
            CreateOrder create,
            ConfirmPayment confirm,
            CommandOrder command,
            ApproveOrder approve,
            Orders orders,
            OrderProperties properties,
            DatabaseClient database,
            TransactionalOperator transaction,
            Detached detached) {
        this.partners = partners;
        this.create = create;
        this.confirm = confirm;
        this.command = command;
        this.approve = approve;
        this.orders = orders;
        this.properties = properties;
        this.database = database;
        this.transaction = transaction;
        this.detached = detached;
    }

    /** How an order shall end. */
    public enum Ending {
        APPROVED,
        FAILED,
        REJECTED
    }

    /** One simulated order. */
    public record Simulated(UUID uid, String type, String status, long amountMinor, Instant createdAt, boolean open) {}

    /** Makes an order as the partner's program would. Problems are those of creation. */
    public Mono<UUID> create(UUID partnerId, String type, String amount, String actor) {
        return partners.find(partnerId).flatMap(partner -> {
            var wish = new CreateOrderRequest(
                    type,
                    amount,
                    partner.currency().name(),
                    PREFIX + UUID.randomUUID(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            Actor person = new Actor(actor, "partner", Set.of(Role.PARTNER));
            return detached.run(
                            "orders.simulate",
                            transaction.transactional(
                                    Mono.defer(() -> create.handle(partner, wish.check(partner), person))))
                    .map(order -> order.terms().uid());
        });
    }

    /** The partner's last simulated orders, newest first. */
    public Mono<List<Simulated>> of(UUID partnerId) {
        return database.sql("""
            select * from payment_order where partner_id = :partner and external_id like :simulated
            order by created_at desc, id desc limit :shown
            """)
                .bind("partner", partnerId)
                .bind("simulated", PREFIX + "%")
                .bind("shown", SHOWN)
                .map(OrderRow::read)
                .all()
                .map(SimulatedOrders::simulated)
                .collectList();
    }

    /** Plays payer and operator up to that end. Raises {@link CommonProblem#NOT_FOUND} for an order that is no simulation. */
    public Mono<Void> end(UUID partnerId, UUID uid, Ending ending) {
        return own(partnerId, uid)
                .flatMap(this::paid)
                .flatMap(order -> command.handle(
                        CommandOrder.Call.of(order.terms().uid(), OPERATOR, new Command.TakeClaim(properties.lease()))))
                .flatMap(order -> decide(order, ending))
                .then();
    }

    private Mono<PaymentOrder> own(UUID partnerId, UUID uid) {
        return orders.withUid(uid)
                .filter(order -> order.terms().partnerId().equals(partnerId) && isSimulated(order))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private Mono<PaymentOrder> paid(PaymentOrder order) {
        @Nullable String card = order.terms().type() == OrderType.WITHDRAWAL ? PAYERS_CARD : null;
        return order.state().status() == OrderStatus.NEW
                ? confirm.handle(order.terms().uid(), card)
                : Mono.just(order);
    }

    private Mono<PaymentOrder> decide(PaymentOrder order, Ending ending) {
        return switch (ending) {
            case APPROVED -> approve(order);
            case FAILED -> refuse(order, new Command.Fail(FailureReason.NOT_RECEIVED, COMMENT));
            case REJECTED -> refuse(order, new Command.Reject(RejectionReason.WRONG_DETAILS, COMMENT));
        };
    }

    private Mono<PaymentOrder> refuse(PaymentOrder order, Command decision) {
        return command.handle(CommandOrder.Call.of(order.terms().uid(), OPERATOR, decision));
    }

    private Mono<PaymentOrder> approve(PaymentOrder order) {
        String reference = "SIM-" + order.terms().uid();
        Mono<DecisionController.ApproveRequest> decision = order.terms().type() == OrderType.DEPOSIT
                ? Mono.just(new DecisionController.ApproveRequest(null, null, reference, COMMENT))
                : payingCard(order).map(card -> new DecisionController.ApproveRequest(null, card, reference, COMMENT));
        return decision.flatMap(made ->
                approve.handle(order.terms().uid(), OPERATOR, order.state().version(), made));
    }

    private Mono<UUID> payingCard(PaymentOrder order) {
        return database.sql("""
            select c.id from card c
            left join ledger_account a on a.kind = 'float' and a.owner_id = c.id
            left join ledger_balance b on b.account_id = a.id
            where c.status = 'active' and c.currency = :currency and c.direction in ('out', 'both')
            order by coalesce(b.balance, 0) desc limit 1
            """)
                .bind("currency", order.terms().currency())
                .mapValue(UUID.class)
                .one();
    }

    private static boolean isSimulated(PaymentOrder order) {
        String externalId = order.terms().externalId();
        return externalId != null && externalId.startsWith(PREFIX);
    }

    private static Simulated simulated(PaymentOrder order) {
        return new Simulated(
                order.terms().uid(),
                order.terms().type().word(),
                order.state().status().word(),
                order.terms().amount(),
                order.terms().createdAt(),
                !order.state().status().isTerminal());
    }
}
