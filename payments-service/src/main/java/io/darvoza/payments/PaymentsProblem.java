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
    /** The client id, or the card number, belongs to somebody already. */
    ALREADY_REGISTERED(HttpStatus.CONFLICT),
    /** The state of the object forbids the move. */
    STATE_CONFLICT(HttpStatus.CONFLICT);

    private final HttpStatus status;

    PaymentsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
