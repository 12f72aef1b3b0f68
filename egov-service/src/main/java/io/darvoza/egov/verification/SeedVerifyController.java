package io.darvoza.egov.verification;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.apilog.CallNote;
import io.darvoza.egov.embed.EmbeddedForm;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.verification.NumberRequest.IinRequest;
import io.darvoza.egov.verification.NumberRequest.PassportRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The seed's operations: every outcome is a 200 with {@code success}, and a failed upstream is an outcome. */
@RestController
@AllowedTo({"egov_user", "egov_admin", EmbeddedForm.ROLE})
@Tag(name = "Seed")
class SeedVerifyController {

    private final VerifyNumber verify;
    private final ReasonTexts reasons;

    SeedVerifyController(VerifyNumber verify, ReasonTexts reasons) {
        this.verify = verify;
        this.reasons = reasons;
    }

    @PostMapping({
        "/egov/ajax/verify-iin",
        "/egov/ajax/verify-iin/",
        "/v1/egov/ajax/verify-iin",
        "/v1/egov/ajax/verify-iin/"
    })
    @Operation(operationId = "seedVerifyIin", summary = "Verify an ИИН, as the seed has it")
    Mono<SeedResponse> iin(@RequestBody IinRequest request, Caller caller, ServerWebExchange exchange) {
        return answer(request::number, caller, exchange);
    }

    @PostMapping({
        "/egov/ajax/verify-passport",
        "/egov/ajax/verify-passport/",
        "/v1/egov/ajax/verify-passport",
        "/v1/egov/ajax/verify-passport/"
    })
    @Operation(operationId = "seedVerifyPassport", summary = "Verify a passport, as the seed has it")
    Mono<SeedResponse> passport(@RequestBody PassportRequest request, Caller caller, ServerWebExchange exchange) {
        return answer(request::number, caller, exchange);
    }

    private Mono<SeedResponse> answer(Supplier<DocumentNumber> request, Caller caller, ServerWebExchange exchange) {
        return Mono.defer(() -> {
            DocumentNumber number = numberOf(request);
            CallNote note = CallNote.of(exchange);
            note.about(number);
            Channel channel = caller.has(EmbeddedForm.ROLE) ? Channel.EMBED : Channel.SEED;
            return verify.verify(number, Asker.of(caller, channel, RequestTrace.id(exchange)), Purpose.SINGLE)
                    .doOnNext(done -> note.became(
                            done.id(),
                            done.verdict().reason() == null
                                    ? null
                                    : done.verdict().reason().name()))
                    .flatMap(done -> Refusals.ofSeed(done)
                            .<Mono<SeedResponse>>map(Mono::error)
                            .orElseGet(() ->
                                    Mono.just(SeedResponse.from(done, reasons.of(done, exchange.getLocaleContext())))));
        });
    }

    private static DocumentNumber numberOf(Supplier<DocumentNumber> request) {
        try {
            return request.get();
        } catch (ProblemException wrong) {
            throw wrong.with("success", false);
        }
    }
}
