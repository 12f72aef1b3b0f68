package io.darvoza.common.problem;

import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Answers what controllers and filters throw; before Spring Boot's own handler (order −1), which never gets a turn. */
final class ProblemExceptionHandler implements WebExceptionHandler, Ordered {

    private final ProblemRenderer renderer;

    ProblemExceptionHandler(ProblemRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable fault) {
        return clientIsGone(fault) ? Mono.empty() : renderer.write(exchange, fault);
    }

    private static boolean clientIsGone(Throwable fault) {
        return fault instanceof AbortedException
                || (fault instanceof IOException io && AbortedException.isConnectionReset(io));
    }
}
