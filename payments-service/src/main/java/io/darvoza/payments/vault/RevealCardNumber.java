package io.darvoza.payments.vault;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.audit.AuditLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Shows a card number in clear to a person, who says why; the audit log keeps who, why and which, never the number. */
@Service
public final class RevealCardNumber {

    private static final int MAX_REASON = 500;

    private final PanVault vault;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    RevealCardNumber(PanVault vault, AuditLog audit, TransactionalOperator transaction) {
        this.vault = vault;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * What is to be shown, to whom and why.
     *
     * @param objectKind what the number belongs to, such as {@code order} or {@code card}
     */
    public record Wish(
            PanToken token,
            String actor,
            String reason,
            String objectKind,
            String objectId,
            @Nullable String traceId) {

        /** Raises {@link CommonProblem#VALIDATION_FAILED} for a reason that says nothing or is too long. */
        public Wish {
            if (reason.isBlank() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
                throw CommonProblem.VALIDATION_FAILED.exception().error("/reason", "1.." + MAX_REASON);
            }
        }
    }

    /**
     * The number, once the audit log has the entry. Raises {@link CommonProblem#GONE} when it was purged.
     */
    public Mono<CardNumber> reveal(Wish wish) {
        Mono<Void> written = audit.write(
                wish.actor(),
                "card_number_revealed",
                wish.objectKind(),
                wish.objectId(),
                null,
                Map.of("reason", wish.reason()),
                wish.traceId());
        return vault.reveal(wish.token())
                .switchIfEmpty(Mono.error(CommonProblem.GONE::exception))
                .flatMap(number -> written.thenReturn(number))
                .as(transaction::transactional);
    }
}
