package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Claim;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.Outcome;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Gives a command to an order. What the order decides is written in one transaction that ends whether or not the caller still
 * listens; when the order has moved on meanwhile, it is asked again.
 */
@Service
final class CommandOrder {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Orders orders;
    private final Transitions transitions;
    private final SecondApprovals secondApprovals;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final OrderProperties properties;
    private final Clock clock;

    CommandOrder(
            Orders orders,
            Transitions transitions,
            SecondApprovals secondApprovals,
            TransactionalOperator transaction,
            Detached detached,
            OrderProperties properties,
            Clock clock) {
        this.orders = orders;
        this.transitions = transitions;
        this.secondApprovals = secondApprovals;
        this.transaction = transaction;
        this.detached = detached;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Who asks what of which order.
     *
     * @param version what {@code If-Match} names; null when the caller need not know the version
     * @param command made from the order as it is, inside of the transaction; what it writes, it writes there
     */
    record Call(
            UUID uid, Actor actor, @Nullable Long version, Function<PaymentOrder, Mono<? extends Command>> command) {

        static Call of(UUID uid, Actor actor, Command command) {
            return new Call(uid, actor, null, _ -> Mono.just(command));
        }

        static Call of(UUID uid, Actor actor, long version, Command command) {
            return new Call(uid, actor, version, _ -> Mono.just(command));
        }
    }

    /**
     * The order after the command. Problems: {@link CommonProblem#NOT_FOUND}, {@link CommonProblem#PRECONDITION_FAILED}, those of
     * {@link PaymentsProblem} that say why the order refuses, and what the command's own effects raise.
     */
    Mono<PaymentOrder> handle(Call call) {
        return detached.run(
                "orders.command", transaction.transactional(decide(call)).retryWhen(untilNobodyIsFaster()));
    }

    /** The same within the caller's transaction, which must roll back when somebody was faster. */
    Mono<PaymentOrder> inTransaction(Call call) {
        return transaction.transactional(decide(call));
    }

    private Mono<PaymentOrder> decide(Call call) {
        return orders.withUid(call.uid())
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(order -> requireVersion(order, call.version()))
                .flatMap(order ->
                        call.command().apply(order).flatMap(command -> carryOut(order, command, call.actor())));
    }

    private Mono<PaymentOrder> carryOut(PaymentOrder order, Command command, Actor actor) {
        return switch (order.handle(command, actor, clock.instant())) {
            case Outcome.Moved moved ->
                transitions
                        .write(order, command, moved, actor)
                        .delayUntil(after -> secondApprovals.follow(order, command, moved, actor))
                        .doOnSuccess(_ -> Failpoint.reached("order.before-commit"));
            case Outcome.Unchanged unchanged -> Mono.just(unchanged.order());
            case Outcome.Refused refused -> Mono.error(problem(refused.why(), order));
        };
    }

    private static void requireVersion(PaymentOrder order, @Nullable Long version) {
        if (version != null && version != order.state().version()) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
    }

    private static ProblemException problem(Outcome.Why why, PaymentOrder order) {
        Claim claim = order.state().claim();
        return switch (why) {
            case WRONG_STATE ->
                PaymentsProblem.STATE_CONFLICT
                        .exception()
                        .with("status", order.state().status().word());
            case EXPIRED -> PaymentsProblem.ORDER_EXPIRED.exception();
            case HELD_BY_OTHER -> {
                ProblemException held = PaymentsProblem.CLAIMED_BY_OTHER.exception();
                yield claim == null
                        ? held
                        : held.with("assigned_name", claim.name())
                                .with("lease_until", claim.leaseUntil().toString());
            }
            case NOT_HELD -> PaymentsProblem.CLAIM_REQUIRED.exception();
            case SECOND_PERSON -> PaymentsProblem.SECOND_PERSON_REQUIRED.exception();
            case ROLE -> CommonProblem.FORBIDDEN.exception();
        };
    }

    /** Lost races and deadlocks; each try is a transaction of its own. */
    private Retry untilNobodyIsFaster() {
        return Retry.backoff(properties.retries(), PAUSE)
                .jitter(1)
                .filter(ConcurrencyFailureException.class::isInstance)
                .onRetryExhaustedThrow((_, signal) ->
                        PaymentsProblem.STATE_CONFLICT.exception().causedBy(signal.failure()));
    }
}
