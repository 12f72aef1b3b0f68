package io.darvoza.egov.verification;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.Caller;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.apilog.CallNote;
import io.darvoza.egov.apilog.InboundCalls;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Verifies a number for a request; the log's row of that request is in the transaction of its verification. */
@Component
class VerifyForCaller {

    private final VerifyNumber verify;
    private final InboundCalls calls;

    VerifyForCaller(VerifyNumber verify, InboundCalls calls) {
        this.verify = verify;
        this.calls = calls;
    }

    /**
     * A request.
     *
     * @param refusals which verdicts are answered with a problem
     */
    record Request(
            DocumentNumber number,
            Caller caller,
            Channel channel,
            ServerWebExchange exchange,
            Function<Verification, Optional<ProblemException>> refusals) {}

    /** The verification, or the problem of its verdict. */
    Mono<Verification> verify(Request request) {
        CallNote note = CallNote.of(request.exchange());
        note.about(request.number());
        var asker = Asker.of(request.caller(), request.channel(), RequestTrace.id(request.exchange()));
        return verify.verify(
                        request.number(),
                        asker,
                        Purpose.SINGLE,
                        done -> calls.rows(request.exchange(), status(request, done), done.id(), reason(done)))
                .doOnNext(done -> {
                    note.became(done.id(), reason(done));
                    note.logged(status(request, done));
                })
                .flatMap(done -> request.refusals()
                        .apply(done)
                        .<Mono<Verification>>map(Mono::error)
                        .orElseGet(() -> Mono.just(done)));
    }

    private static int status(Request request, Verification done) {
        return request.refusals()
                .apply(done)
                .map(problem -> problem.type().status())
                .orElse(HttpStatus.OK)
                .value();
    }

    private static @Nullable String reason(Verification done) {
        Reason reason = done.verdict().reason();
        return reason == null ? null : reason.name();
    }
}
