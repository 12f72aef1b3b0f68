package io.darvoza.payments;

import io.darvoza.common.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Faults that only this service knows. */
public enum PaymentsProblem implements ProblemType {
    /** No partner belongs to the calling client, or the partner is blocked. */
    PARTNER_NOT_ACTIVE(HttpStatus.FORBIDDEN),
    /** An amount outside of what one operation, a day or a month allows; {@code limit} says which. */
    LIMIT_EXCEEDED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** A card number that is none, or one that the service does not pay to. */
    CARD_INVALID(HttpStatus.UNPROCESSABLE_CONTENT),
    /** No card can take the payment now. */
    NO_CARD_AVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The card that was named cannot take this payment; {@code exclusions} says why. */
    CARD_NOT_ELIGIBLE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The client id, or the card number, belongs to somebody already. */
    ALREADY_REGISTERED(HttpStatus.CONFLICT),
    /** The partner's {@code external_id} names another order; {@code uid} says which. */
    EXTERNAL_ID_TAKEN(HttpStatus.CONFLICT),
    /** The operation requires {@code Idempotency-Key}. */
    IDEMPOTENCY_KEY_MISSING(HttpStatus.BAD_REQUEST),
    /** The partner has less than amount and fee. */
    INSUFFICIENT_BALANCE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The order's time is over. Who has paid already turns to the partner. */
    ORDER_EXPIRED(HttpStatus.GONE),
    /** Another operator holds the order; {@code assigned_name} and {@code lease_until} say who and how long. */
    CLAIMED_BY_OTHER(HttpStatus.CONFLICT),
    /** The operation is for the one who holds the order. */
    CLAIM_REQUIRED(HttpStatus.CONFLICT),
    /** The decision waits for a supervisor who is not the first decider. */
    SECOND_PERSON_REQUIRED(HttpStatus.FORBIDDEN),
    /** Another approved order of the card has this bank reference. */
    BANK_REFERENCE_TAKEN(HttpStatus.CONFLICT),
    /** A hold would wait for a document that is approved already. */
    DOCUMENT_APPROVED_ALREADY(HttpStatus.UNPROCESSABLE_CONTENT),
    /** A late receipt needs a deposit that ended without money, not longer ago than 72 hours; {@code reason} says what differs. */
    LATE_NOT_POSSIBLE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The state of the object forbids the move. */
    STATE_CONFLICT(HttpStatus.CONFLICT),
    /** The signature of a partner's request is missing, unreadable, wrong, or made with no key of the partner. */
    SIGNATURE_INVALID(HttpStatus.UNAUTHORIZED),
    /** The signed time is too far from the server's; {@code server_time} tells it. */
    TIMESTAMP_OUT_OF_WINDOW(HttpStatus.UNAUTHORIZED),
    /** The key was used with this nonce before. */
    NONCE_REPLAYED(HttpStatus.UNAUTHORIZED),
    /** The signature is right, but its key was revoked or has expired. */
    KEY_REVOKED(HttpStatus.UNAUTHORIZED),
    /** The key may not be used from the caller's address. */
    IP_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** The partner has as many keys as it may have. */
    TOO_MANY_KEYS(HttpStatus.CONFLICT),
    /** The partner has as many webhook endpoints as it may have. */
    TOO_MANY_WEBHOOKS(HttpStatus.CONFLICT);

    private final HttpStatus status;

    PaymentsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
