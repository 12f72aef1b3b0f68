package io.darvoza.payments.card;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.card.model.CardStatus;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanVault;
import io.darvoza.payments.vault.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Issues cards, changes their terms and their status; each is one transaction with its entry in the audit log. */
@Service
public final class AdministerCards {

    private static final String KIND = "card";

    private final R2dbcCards cards;
    private final CardReadModel read;
    private final CardStatuses statuses;
    private final PanVault vault;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final TimeOrderedIds ids;

    AdministerCards(
            R2dbcCards cards,
            CardReadModel read,
            CardStatuses statuses,
            PanVault vault,
            AuditLog audit,
            TransactionalOperator transaction,
            TimeOrderedIds ids) {
        this.cards = cards;
        this.read = read;
        this.statuses = statuses;
        this.vault = vault;
        this.audit = audit;
        this.transaction = transaction;
        this.ids = ids;
    }

    /** A new active card; gives its id. Raises {@link PaymentsProblem#ALREADY_REGISTERED} for a number that is a card's. */
    public Mono<UUID> issue(CardNumber number, Currency currency, CardTerms terms, String actor) {
        return Mono.fromSupplier(ids::next)
                .flatMap(id -> vault.keep(number, Purpose.PLATFORM_CARD)
                        .flatMap(pan -> cards.add(id, pan, number.mask(), currency, terms))
                        .then(Mono.defer(() -> told(id, "card_issued", null, actor)))
                        .thenReturn(id))
                .as(transaction::transactional);
    }

    /**
     * Sets the terms of a card. Raises {@link CommonProblem#PRECONDITION_FAILED} when it is at another version, or when the
     * terms move money another way than the card does.
     */
    Mono<CardResponse> change(CardResponse before, CardTerms terms, @Nullable Long version, String actor) {
        return cards.change(before.id(), version == null ? before.version() : version, terms)
                .switchIfEmpty(Mono.error(CommonProblem.PRECONDITION_FAILED::exception))
                .flatMap(id -> told(id, "card_changed", before, actor))
                .as(transaction::transactional);
    }

    /** Moves a card to a status. Raises {@link PaymentsProblem#STATE_CONFLICT} when its present one forbids it. */
    Mono<CardResponse> move(CardResponse before, CardStatus to, String reason, String actor) {
        CardStatus from = CardStatus.ofWord(before.status());
        if (!from.mayBecome(to)) {
            return Mono.error(PaymentsProblem.STATE_CONFLICT.exception().with("status", from.word()));
        }
        return statuses.move(new CardStatuses.Move(before.id(), from, to, reason, actor))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .flatMap(_ -> told(before.id(), "card_status_changed", before, actor))
                .as(transaction::transactional);
    }

    private Mono<CardResponse> told(UUID id, String action, @Nullable CardResponse before, String actor) {
        return read.one(id)
                .flatMap(after -> audit.write(actor, action, KIND, id.toString(), before, after, null)
                        .thenReturn(after));
    }
}
