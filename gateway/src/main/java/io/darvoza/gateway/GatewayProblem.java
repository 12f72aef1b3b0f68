package io.darvoza.gateway;

import io.darvoza.common.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Faults that only the gateway answers. */
public enum GatewayProblem implements ProblemType {
    /** A service went away while it worked on the request; whether that took effect is not known. */
    CONNECTION_LOST(HttpStatus.BAD_GATEWAY),
    /** A request that changes something came with a session from a page that is not ours. */
    FOREIGN_ORIGIN(HttpStatus.FORBIDDEN),
    /** Browser sessions cannot be read or kept now; requests with a bearer token are served. */
    SESSIONS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** What an administrator does cannot be written down now, so it is not done. */
    AUDIT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** Keycloak cannot be reached, so no token can be issued or renewed; tokens that have not expired are served. */
    IDENTITY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The login was broken off, or its answer does not belong to this browser. */
    LOGIN_FAILED(HttpStatus.UNAUTHORIZED),
    /** The path names a version of an API that never was, or is removed; {@code versions} lists those that serve. */
    API_VERSION_UNKNOWN(HttpStatus.NOT_FOUND),
    /** The version's sunset has passed; {@code successor} names the version to move to, if there is one. */
    API_VERSION_SUNSET(HttpStatus.GONE),
    /** The limit that the header {@code RateLimit} names is used up; {@code Retry-After} says for how long. */
    RATE_LIMIT_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS),
    /** {@code Last-Event-ID} is not an id that {@code /v1/events} gave out. */
    INVALID_EVENT_ID(HttpStatus.BAD_REQUEST),
    /** The principal has as many event streams open as it may. */
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS),
    /** This gateway carries as many event streams as it can, or cannot read them now. */
    EVENTS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The service has not yet been seen running, so its API description is not known here. */
    API_DESCRIPTION_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    GatewayProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
