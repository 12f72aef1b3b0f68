package io.darvoza.payments.order.model;

import static io.darvoza.payments.order.model.OrderStatus.APPROVED;
import static io.darvoza.payments.order.model.OrderStatus.CANCELLED;
import static io.darvoza.payments.order.model.OrderStatus.EXPIRED;
import static io.darvoza.payments.order.model.OrderStatus.FAILED;
import static io.darvoza.payments.order.model.OrderStatus.NEW;
import static io.darvoza.payments.order.model.OrderStatus.PROCESSING;
import static io.darvoza.payments.order.model.OrderStatus.REJECTED;
import static io.darvoza.payments.order.model.SubStatus.AWAITING_SECOND_APPROVAL;
import static io.darvoza.payments.order.model.SubStatus.ON_HOLD;
import static io.darvoza.payments.order.model.SubStatus.QUEUED;

import io.darvoza.payments.order.model.Command.Approve;
import io.darvoza.payments.order.model.Outcome.Moved;
import io.darvoza.payments.order.model.Outcome.Refused;
import io.darvoza.payments.order.model.Outcome.Unchanged;
import io.darvoza.payments.order.model.Outcome.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A payment order (платёжное поручение, ПП). */
public record PaymentOrder(OrderTerms terms, OrderState state) {

    /** What the order says to a command at that time; T2 to T18 of the contract are here and nowhere else. */
    public Outcome handle(Command command, Actor actor, Instant now) {
        return switch (command) {
            case Command.Confirm confirm -> confirm(confirm, actor, now);
            case Command.Cancel _ -> cancel(actor, now);
            case Command.Expire _ -> expire(actor, now);
            case Command.TakeClaim claim -> claim(claim, actor, now);
            case Command.Release _ -> release(actor, now);
            case Command.EndLease _ -> endLease(actor, now);
            case Command.Reassign reassign -> reassign(reassign, actor, now);
            case Approve approve -> approve(approve, actor, now);
            case Command.Confirmation second -> confirmSecond(second, actor, now);
            case Command.Refusal refusal -> refuseSecond(refusal, actor);
            case Command.Fail fail -> fail(fail, actor, now);
            case Command.Reject reject -> reject(reject, actor, now);
            case Command.Hold hold -> hold(hold, actor, now);
            case Command.Unhold _ -> unhold(actor, now);
            case Command.Escalate _ -> escalate(actor, now);
            case Command.Reverse reverse -> reverse(reverse, actor, now);
        };
    }

    private Outcome confirm(Command.Confirm command, Actor actor, Instant now) {
        if (!actor.is(Role.PAYER)) {
            return refused(Why.ROLE);
        }
        if (state.status() == NEW && now.isBefore(terms.closesAt())) {
            return moved(Happening.PROCESSING, draft -> {
                draft.status = PROCESSING;
                draft.subStatus = QUEUED;
                draft.processingAt = now;
                draft.escalateAt = now.plus(command.sla());
                draft.payerCard = command.payerCard();
                draft.payerCardMask = command.payerCardMask();
            });
        }
        if (state.status() == NEW || state.status() == EXPIRED) {
            return refused(Why.EXPIRED);
        }
        return state.processingAt() == null ? refused(Why.WRONG_STATE) : new Unchanged(this);
    }

    private Outcome cancel(Actor actor, Instant now) {
        if (!actor.is(Role.PARTNER, Role.PAYER)) {
            return refused(Why.ROLE);
        }
        return state.status() == NEW
                ? moved(Happening.CANCELLED, draft -> draft.end(CANCELLED, actor, now))
                : refused(Why.WRONG_STATE);
    }

    private Outcome expire(Actor actor, Instant now) {
        if (!actor.is(Role.SYSTEM)) {
            return refused(Why.ROLE);
        }
        return state.status() == NEW && !now.isBefore(terms.closesAt())
                ? moved(Happening.EXPIRED, draft -> draft.end(EXPIRED, actor, now))
                : refused(Why.WRONG_STATE);
    }

    private Outcome claim(Command.TakeClaim command, Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() != QUEUED) {
            return refused(Why.WRONG_STATE);
        }
        Claim held = state.claim();
        if (held != null && held.isValid(now) && !held.isHeldBy(actor, now)) {
            return refused(Why.HELD_BY_OTHER);
        }
        return moved(
                Happening.CLAIMED,
                draft -> draft.claim = new Claim(actor.id(), actor.name(), now.plus(command.lease())));
    }

    private Outcome release(Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() != QUEUED || state.claim() == null) {
            return refused(Why.WRONG_STATE);
        }
        return actor.is(Role.SUPERVISOR) || state.claim().isHeldBy(actor, now) ? unclaimed() : refused(Why.NOT_HELD);
    }

    private Outcome endLease(Actor actor, Instant now) {
        if (!actor.is(Role.SYSTEM)) {
            return refused(Why.ROLE);
        }
        return state.claim() != null && !state.claim().isValid(now) ? unclaimed() : refused(Why.WRONG_STATE);
    }

    private Outcome reassign(Command.Reassign command, Actor actor, Instant now) {
        if (!actor.is(Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() != QUEUED) {
            return refused(Why.WRONG_STATE);
        }
        String holder = command.holder();
        String name = command.name();
        if (holder == null || name == null) {
            return state.claim() == null ? refused(Why.WRONG_STATE) : unclaimed();
        }
        return moved(Happening.CLAIMED, draft -> draft.claim = new Claim(holder, name, now.plus(command.lease())));
    }

    private Outcome unclaimed() {
        return moved(Happening.UNCLAIMED, draft -> draft.claim = null);
    }

    private Outcome approve(Approve command, Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() == AWAITING_SECOND_APPROVAL) {
            return refused(Why.SECOND_PERSON);
        }
        if (state.subStatus() != QUEUED) {
            return refused(Why.WRONG_STATE);
        }
        if (!isHolder(actor, now)) {
            return refused(Why.NOT_HELD);
        }
        if (command.needsSecond()) {
            return moved(Happening.SECOND_APPROVAL, draft -> {
                draft.subStatus = AWAITING_SECOND_APPROVAL;
                draft.claim = null;
            });
        }
        return approved(command, actor, now);
    }

    private Outcome confirmSecond(Command.Confirmation command, Actor actor, Instant now) {
        if (!actor.is(Role.SUPERVISOR)) {
            return refused(actor.is(Role.OPERATOR) ? Why.SECOND_PERSON : Why.ROLE);
        }
        if (state.subStatus() != AWAITING_SECOND_APPROVAL) {
            return refused(Why.WRONG_STATE);
        }
        return actor.id().equals(command.firstActor())
                ? refused(Why.SECOND_PERSON)
                : approved(command.first(), actor, now);
    }

    private Outcome refuseSecond(Command.Refusal command, Actor actor) {
        if (!actor.is(Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() != AWAITING_SECOND_APPROVAL) {
            return refused(Why.WRONG_STATE);
        }
        return actor.id().equals(command.firstActor())
                ? refused(Why.SECOND_PERSON)
                : moved(Happening.SECOND_REFUSED, draft -> draft.subStatus = QUEUED);
    }

    private Outcome approved(Approve command, Actor actor, Instant now) {
        return moved(Happening.APPROVED, draft -> {
            draft.end(APPROVED, actor, now);
            draft.actualAmount = command.actualAmount();
            draft.actualFee = command.fee();
            draft.bankReference = command.bankReference();
            draft.comment = command.comment();
            if (terms.type() == OrderType.WITHDRAWAL) {
                draft.cardId = command.cardId();
                draft.cardMask = command.cardMask();
            }
        });
    }

    private Outcome fail(Command.Fail command, Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR)) {
            return refused(Why.ROLE);
        }
        if (state.subStatus() != QUEUED) {
            return refused(Why.WRONG_STATE);
        }
        return !isHolder(actor, now)
                ? refused(Why.NOT_HELD)
                : moved(Happening.FAILED, draft -> {
                    draft.end(FAILED, actor, now);
                    draft.reason = command.reason().word();
                    draft.comment = command.comment();
                });
    }

    /** Compliance may refuse any order that is not over; an operator only the one in hand. */
    private Outcome reject(Command.Reject command, Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR, Role.COMPLIANCE)) {
            return refused(Why.ROLE);
        }
        if (state.status() != PROCESSING || (!actor.is(Role.COMPLIANCE) && state.subStatus() != QUEUED)) {
            return refused(Why.WRONG_STATE);
        }
        return !actor.is(Role.COMPLIANCE) && !isHolder(actor, now)
                ? refused(Why.NOT_HELD)
                : moved(Happening.REJECTED, draft -> {
                    draft.end(REJECTED, actor, now);
                    draft.reason = command.reason().word();
                    draft.comment = command.comment();
                });
    }

    private Outcome hold(Command.Hold command, Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR, Role.COMPLIANCE)) {
            return refused(Why.ROLE);
        }
        if (state.status() != PROCESSING
                || state.subStatus() == ON_HOLD
                || (!actor.is(Role.COMPLIANCE) && state.subStatus() != QUEUED)) {
            return refused(Why.WRONG_STATE);
        }
        return !actor.is(Role.COMPLIANCE) && !isHolder(actor, now)
                ? refused(Why.NOT_HELD)
                : moved(Happening.HELD, draft -> {
                    draft.subStatus = ON_HOLD;
                    draft.claim = null;
                    draft.heldAt = now;
                    draft.supportingDocument = command.supportingDocument();
                });
    }

    /** The clock of the queue stood still meanwhile. */
    private Outcome unhold(Actor actor, Instant now) {
        if (!actor.is(Role.OPERATOR, Role.SUPERVISOR, Role.COMPLIANCE, Role.SYSTEM)) {
            return refused(Why.ROLE);
        }
        Instant since = state.heldAt();
        Instant due = state.escalateAt();
        return state.subStatus() != ON_HOLD || since == null
                ? refused(Why.WRONG_STATE)
                : moved(Happening.RELEASED, draft -> {
                    draft.subStatus = QUEUED;
                    draft.heldAt = null;
                    draft.escalateAt = due == null ? null : due.plus(Duration.between(since, now));
                });
    }

    private Outcome escalate(Actor actor, Instant now) {
        if (!actor.is(Role.SYSTEM)) {
            return refused(Why.ROLE);
        }
        Instant due = state.escalateAt();
        return state.status() != PROCESSING || state.heldAt() != null || due == null || now.isBefore(due)
                ? refused(Why.WRONG_STATE)
                : moved(Happening.ESCALATED, draft -> {
                    draft.escalateAt = null;
                    draft.escalatedAt = now;
                });
    }

    private Outcome reverse(Command.Reverse command, Actor actor, Instant now) {
        if (!actor.is(Role.SUPERVISOR, Role.ADMIN)) {
            return refused(Why.ROLE);
        }
        if (state.status() != APPROVED || state.reversedAt() != null) {
            return refused(Why.WRONG_STATE);
        }
        return actor.id().equals(command.firstActor())
                ? refused(Why.SECOND_PERSON)
                : moved(Happening.REVERSED, draft -> draft.reversedAt = now);
    }

    private boolean isHolder(Actor actor, Instant now) {
        return state.claim() != null && state.claim().isHeldBy(actor, now);
    }

    private Outcome moved(Happening happening, Consumer<OrderState.Draft> changes) {
        return new Moved(new PaymentOrder(terms, state.next(changes)), happening);
    }

    private static Outcome refused(Why why) {
        return new Refused(why);
    }
}
