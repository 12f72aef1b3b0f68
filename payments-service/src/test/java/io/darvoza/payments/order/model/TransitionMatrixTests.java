package io.darvoza.payments.order.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.order.model.Outcome.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every situation of an order × every command × every role, against the table of the contract written out by hand. */
class TransitionMatrixTests {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(120);
    private static final Duration SLA = Duration.ofMinutes(20);
    private static final String OTHER = "user:other";

    /** Where an order can stand. */
    enum Situation {
        NEW,
        NEW_OVERDUE,
        QUEUED,
        OVERDUE_IN_QUEUE,
        MINE,
        OTHERS,
        LEASE_OVER,
        AWAITING,
        ON_HOLD,
        APPROVED,
        REVERSED,
        FAILED,
        REJECTED,
        EXPIRED,
        CANCELLED
    }

    /** What is allowed: command, situations, roles → status after. Everything else is refused. */
    private record Rule(String command, Set<Situation> in, Set<Role> by, String after) {}

    private static final Set<Role> DESK = Set.of(Role.OPERATOR, Role.SUPERVISOR);
    private static final Set<Role> DESK_AND_COMPLIANCE = Set.of(Role.OPERATOR, Role.SUPERVISOR, Role.COMPLIANCE);
    private static final Set<Situation> IN_QUEUE = Set.of(
            Situation.QUEUED, Situation.OVERDUE_IN_QUEUE, Situation.MINE, Situation.OTHERS, Situation.LEASE_OVER);
    private static final Set<Situation> CONFIRMED = Set.of(
            Situation.QUEUED,
            Situation.OVERDUE_IN_QUEUE,
            Situation.MINE,
            Situation.OTHERS,
            Situation.LEASE_OVER,
            Situation.AWAITING,
            Situation.ON_HOLD,
            Situation.APPROVED,
            Situation.REVERSED,
            Situation.FAILED,
            Situation.REJECTED);

    private static final List<Rule> RULES = List.of(
            new Rule("confirm", Set.of(Situation.NEW), Set.of(Role.PAYER), "processing queued"),
            new Rule("confirm", CONFIRMED, Set.of(Role.PAYER), "same"),
            new Rule(
                    "cancel",
                    Set.of(Situation.NEW, Situation.NEW_OVERDUE),
                    Set.of(Role.PARTNER, Role.PAYER),
                    "cancelled"),
            new Rule("expire", Set.of(Situation.NEW_OVERDUE), Set.of(Role.SYSTEM), "expired"),
            new Rule(
                    "claim",
                    Set.of(Situation.QUEUED, Situation.OVERDUE_IN_QUEUE, Situation.MINE, Situation.LEASE_OVER),
                    DESK,
                    "processing queued"),
            new Rule("release", Set.of(Situation.MINE), DESK, "processing queued"),
            new Rule(
                    "release",
                    Set.of(Situation.OTHERS, Situation.LEASE_OVER),
                    Set.of(Role.SUPERVISOR),
                    "processing queued"),
            new Rule("endLease", Set.of(Situation.LEASE_OVER), Set.of(Role.SYSTEM), "processing queued"),
            new Rule("reassign", IN_QUEUE, Set.of(Role.SUPERVISOR), "processing queued"),
            new Rule("approve", Set.of(Situation.MINE), DESK, "approved"),
            new Rule("approveHigh", Set.of(Situation.MINE), DESK, "processing awaiting_second_approval"),
            new Rule("second", Set.of(Situation.AWAITING), Set.of(Role.SUPERVISOR), "approved"),
            new Rule("refuse", Set.of(Situation.AWAITING), Set.of(Role.SUPERVISOR), "processing queued"),
            new Rule("fail", Set.of(Situation.MINE), DESK, "failed"),
            new Rule("reject", Set.of(Situation.MINE), DESK_AND_COMPLIANCE, "rejected"),
            new Rule(
                    "reject",
                    Set.of(
                            Situation.QUEUED,
                            Situation.OVERDUE_IN_QUEUE,
                            Situation.OTHERS,
                            Situation.LEASE_OVER,
                            Situation.AWAITING,
                            Situation.ON_HOLD),
                    Set.of(Role.COMPLIANCE),
                    "rejected"),
            new Rule("hold", Set.of(Situation.MINE), DESK_AND_COMPLIANCE, "processing on_hold"),
            new Rule(
                    "hold",
                    Set.of(
                            Situation.QUEUED,
                            Situation.OVERDUE_IN_QUEUE,
                            Situation.OTHERS,
                            Situation.LEASE_OVER,
                            Situation.AWAITING),
                    Set.of(Role.COMPLIANCE),
                    "processing on_hold"),
            new Rule(
                    "unhold",
                    Set.of(Situation.ON_HOLD),
                    Set.of(Role.OPERATOR, Role.SUPERVISOR, Role.COMPLIANCE, Role.SYSTEM),
                    "processing queued"),
            new Rule("escalate", Set.of(Situation.OVERDUE_IN_QUEUE), Set.of(Role.SYSTEM), "processing queued"),
            new Rule("reverse", Set.of(Situation.APPROVED), Set.of(Role.SUPERVISOR, Role.ADMIN), "approved"));

    private static final Command.Approve APPROVE =
            new Command.Approve(1_000, 25, UUID.randomUUID(), "220000******0004", "R-1", null, false);

    private static final Map<String, Command> COMMANDS = Map.ofEntries(
            Map.entry("confirm", new Command.Confirm(null, null, SLA)),
            Map.entry("cancel", new Command.Cancel()),
            Map.entry("expire", new Command.Expire()),
            Map.entry("claim", new Command.TakeClaim(LEASE)),
            Map.entry("release", new Command.Release()),
            Map.entry("endLease", new Command.EndLease()),
            Map.entry("reassign", new Command.Reassign("user:third", "Third", LEASE)),
            Map.entry("approve", APPROVE),
            Map.entry("approveHigh", new Command.Approve(1_000, 25, null, null, "R-1", null, true)),
            Map.entry("second", new Command.Confirmation(APPROVE, OTHER)),
            Map.entry("refuse", new Command.Refusal(OTHER)),
            Map.entry("fail", new Command.Fail(FailureReason.NOT_RECEIVED, null)),
            Map.entry("reject", new Command.Reject(RejectionReason.AML, "because")),
            Map.entry("hold", new Command.Hold(789)),
            Map.entry("unhold", new Command.Unhold()),
            Map.entry("escalate", new Command.Escalate()),
            Map.entry("reverse", new Command.Reverse(OTHER, false)));

    record Case(OrderType type, Situation situation, String command, Role role) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (OrderType type : OrderType.values()) {
            for (Situation situation : Situation.values()) {
                for (String command : COMMANDS.keySet().stream().sorted().toList()) {
                    for (Role role : Role.values()) {
                        cases.add(new Case(type, situation, command, role));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderMovesWhereTheTableSaysAndNowhereElse(Case tried) {
        Actor actor = new Actor("user:me", "Me", Set.of(tried.role()));
        PaymentOrder before = order(tried.type(), tried.situation());
        List<Rule> allowed = RULES.stream()
                .filter(rule -> rule.command().equals(tried.command())
                        && rule.in().contains(tried.situation())
                        && rule.by().contains(tried.role()))
                .toList();
        assertThat(allowed).as("rules that allow it").hasSizeLessThanOrEqualTo(1);

        Outcome outcome = before.handle(COMMANDS.get(tried.command()), actor, T0);

        if (allowed.isEmpty()) {
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        } else if (allowed.getFirst().after().equals("same")) {
            assertThat(outcome).isEqualTo(new Outcome.Unchanged(before));
        } else {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Moved.class, moved -> {
                assertThat(words(moved.after().state()))
                        .isEqualTo(allowed.getFirst().after());
                assertThat(moved.after().state().version())
                        .isEqualTo(before.state().version() + 1);
                assertThat(moved.after().terms()).isEqualTo(before.terms());
                assertThat(moved.after().state().status().isTerminal())
                        .isEqualTo(moved.after().state().performedAt() != null);
            });
        }
    }

    @Test
    void theTableKnowsEveryCommand() {
        assertThat(RULES.stream().map(Rule::command))
                .containsOnly(COMMANDS.keySet().toArray(String[]::new));
        assertThat(COMMANDS.values().stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
    }

    @Test
    void nobodyConfirmsTheirOwnApproval() {
        Outcome outcome = order(OrderType.DEPOSIT, Situation.AWAITING)
                .handle(new Command.Confirmation(APPROVE, "user:me"), supervisor(), T0);

        assertThat(outcome).isEqualTo(new Outcome.Refused(Why.SECOND_PERSON));
    }

    @Test
    void theGraceEndsAtItsLastInstant() {
        PaymentOrder order = order(OrderType.DEPOSIT, Situation.NEW);
        Actor payer = new Actor("payer", "payer", Set.of(Role.PAYER));
        Instant closes = order.terms().closesAt();

        assertThat(order.handle(COMMANDS.get("confirm"), payer, closes.minusNanos(1)))
                .isInstanceOf(Outcome.Moved.class);
        assertThat(order.handle(COMMANDS.get("confirm"), payer, closes)).isEqualTo(new Outcome.Refused(Why.EXPIRED));
    }

    @Test
    void theClockOfTheQueueStandsStillOnHold() {
        PaymentOrder held = order(OrderType.DEPOSIT, Situation.ON_HOLD);
        Instant later = T0.plus(Duration.ofHours(5));

        Outcome.Moved moved = (Outcome.Moved) held.handle(new Command.Unhold(), supervisor(), later);

        assertThat(moved.after().state().escalateAt())
                .isEqualTo(held.state()
                        .escalateAt()
                        .plus(Duration.between(held.state().heldAt(), later)));
    }

    private static Actor supervisor() {
        return new Actor("user:me", "Me", Set.of(Role.SUPERVISOR));
    }

    private static String words(OrderState state) {
        return state.status().word()
                + (state.subStatus() == null ? "" : " " + state.subStatus().word());
    }

    private static PaymentOrder order(OrderType type, Situation situation) {
        Instant expires = situation == Situation.NEW_OVERDUE ? T0.minusSeconds(61) : T0.plusSeconds(900);
        OrderTerms terms = new OrderTerms(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                "partner",
                "x-1",
                type,
                "RUB",
                1_000,
                250,
                0,
                null,
                25,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                T0.minusSeconds(900),
                expires,
                expires.plusSeconds(60),
                null,
                null);
        OrderState opened = OrderState.opened(type == OrderType.DEPOSIT ? UUID.randomUUID() : null, null);
        return new PaymentOrder(
                terms,
                switch (situation) {
                    case NEW, NEW_OVERDUE -> opened;
                    case QUEUED -> queued(opened, null, T0.plusSeconds(60));
                    case OVERDUE_IN_QUEUE -> queued(opened, null, T0.minusSeconds(1));
                    case MINE -> queued(opened, new Claim("user:me", "Me", T0.plusSeconds(60)), T0.plusSeconds(60));
                    case OTHERS -> queued(opened, new Claim(OTHER, "Other", T0.plusSeconds(60)), T0.plusSeconds(60));
                    case LEASE_OVER -> queued(opened, new Claim(OTHER, "Other", T0), T0.plusSeconds(60));
                    case AWAITING ->
                        queued(opened, null, T0.plusSeconds(60))
                                .next(draft -> draft.subStatus = SubStatus.AWAITING_SECOND_APPROVAL);
                    case ON_HOLD ->
                        queued(opened, null, T0.plusSeconds(60)).next(draft -> {
                            draft.subStatus = SubStatus.ON_HOLD;
                            draft.heldAt = T0.minusSeconds(5);
                        });
                    case APPROVED -> ended(queued(opened, null, null), OrderStatus.APPROVED);
                    case REVERSED ->
                        ended(queued(opened, null, null), OrderStatus.APPROVED).next(draft -> draft.reversedAt = T0);
                    case FAILED -> ended(queued(opened, null, null), OrderStatus.FAILED);
                    case REJECTED -> ended(queued(opened, null, null), OrderStatus.REJECTED);
                    case EXPIRED -> ended(opened, OrderStatus.EXPIRED);
                    case CANCELLED -> ended(opened, OrderStatus.CANCELLED);
                });
    }

    private static OrderState queued(OrderState from, Claim claim, Instant escalateAt) {
        return from.next(draft -> {
            draft.status = OrderStatus.PROCESSING;
            draft.subStatus = SubStatus.QUEUED;
            draft.processingAt = T0.minusSeconds(30);
            draft.claim = claim;
            draft.escalateAt = escalateAt;
        });
    }

    private static OrderState ended(OrderState from, OrderStatus status) {
        return from.next(draft -> draft.end(status, supervisor(), T0));
    }
}
