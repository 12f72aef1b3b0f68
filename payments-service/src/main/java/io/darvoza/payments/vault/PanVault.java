package io.darvoza.payments.vault;

import io.darvoza.common.database.Write;
import io.darvoza.payments.PaymentsProblem;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Keeps card numbers. Each call is one statement or joins the caller's transaction. */
public interface PanVault {

    /**
     * Encrypts a number and gives the token that stands for it. A number of a platform card that is kept already raises
     * {@link PaymentsProblem#ALREADY_REGISTERED}.
     */
    Mono<PanToken> keep(CardNumber number, Purpose purpose);

    /** The number behind a token; empty when there is none, or when it was purged. */
    Mono<CardNumber> reveal(PanToken token);

    /** The number in a row of table {@code pan_vault} that the caller has read with something else. */
    CardNumber read(PanToken token, byte[] cipher);

    /** The masked form, which outlives the number; empty when there is no such token. */
    Mono<String> maskOf(PanToken token);

    /**
     * Keeps the number of a card that a payment is to go to. Raises {@link PaymentsProblem#CARD_INVALID} when it is one of the
     * platform's own, or of a bank that is blocked; then nothing is kept.
     */
    Mono<PanToken> keepPayable(CardNumber number);

    /**
     * Lets the number be deleted once it was kept as long as {@code darvoza.payments.vault.keep} says from now on: what it was
     * for has ended.
     */
    Write purgeLater(PanToken token);

    /** Lets the number be deleted at that time; mask and index stay. A later time does not replace an earlier one. */
    Mono<Void> purgeAt(PanToken token, Instant time);
}
