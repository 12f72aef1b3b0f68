package io.darvoza.egov;

import io.darvoza.common.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Faults that only this service knows. */
public enum EgovProblem implements ProblemType {
    /** The integration is switched off; digits are still checked. */
    EGOV_DISABLED(HttpStatus.SERVICE_UNAVAILABLE),
    /** A setting cannot be used: a key that cannot be decrypted, a data set that is not there. */
    CONFIG_ERROR(HttpStatus.SERVICE_UNAVAILABLE),
    /** Our own limit of requests to the upstream is reached; {@code Retry-After} says for how long. */
    UPSTREAM_LIMIT_REACHED(HttpStatus.TOO_MANY_REQUESTS),
    /** The provider gave no usable answer; {@code reason} says what was wrong with it. */
    PROVIDER_FAILED(HttpStatus.BAD_GATEWAY),
    /** The provider is left alone for now, or has asked for it. */
    PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The provider gave no answer in time. */
    PROVIDER_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT),
    /** The provider may be asked with the person's consent only, and none is recorded. */
    CONSENT_REQUIRED(HttpStatus.FORBIDDEN),
    /** An embed token that is unknown, over, used up, or of another origin. */
    EMBED_TOKEN_REFUSED(HttpStatus.UNAUTHORIZED),
    /** A bulk job of more numbers than one may have. */
    TOO_MANY_ITEMS(HttpStatus.UNPROCESSABLE_CONTENT);

    private final HttpStatus status;

    EgovProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
