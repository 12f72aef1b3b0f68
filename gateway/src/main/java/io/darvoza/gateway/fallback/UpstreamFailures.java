package io.darvoza.gateway.fallback;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemType;
import io.darvoza.gateway.GatewayProblem;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Which problem a failed call of a service is. What surely never reached the service is 503 and may be sent again; an answer
 * that did not come in time 504; a connection that broke in the middle, or an answer that is not HTTP, 502.
 */
public final class UpstreamFailures {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private UpstreamFailures() {}

    /** The problem of the fault; the fault itself when it is not one of a call. */
    public static Throwable problemOf(Throwable fault) {
        ProblemType type = typeOf(fault);
        if (type == null) {
            return fault;
        }
        ProblemException problem = type.exception().causedBy(fault);
        return type == CommonProblem.SERVICE_UNAVAILABLE ? problem.retryAfter(PAUSE) : problem;
    }

    private static @Nullable ProblemType typeOf(Throwable fault) {
        return switch (fault) {
            case ProblemException _ -> null;
            case CallNotPermittedException _,
                    NotFoundException _,
                    ConnectException _,
                    UnknownHostException _,
                    PoolAcquireTimeoutException _,
                    PoolAcquirePendingLimitException _ -> CommonProblem.SERVICE_UNAVAILABLE;
            case TimeoutException _, ReadTimeoutException _ -> CommonProblem.UPSTREAM_TIMEOUT;
            case ResponseStatusException status
            when status.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT -> CommonProblem.UPSTREAM_TIMEOUT;
            case IOException _ -> GatewayProblem.CONNECTION_LOST;
            case DecoderException _, IllegalArgumentException _ -> CommonProblem.UPSTREAM_FAILED;
            default -> null;
        };
    }
}
