package io.darvoza.egov.verification;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.egov.embed.EmbeddedForm;
import io.darvoza.egov.number.DocumentNumber;
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

    private final VerifyForCaller verify;
    private final ReasonTexts reasons;

    SeedVerifyController(VerifyForCaller verify, ReasonTexts reasons) {
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
        Channel channel = caller.has(EmbeddedForm.ROLE) ? Channel.EMBED : Channel.SEED;
        return Mono.fromSupplier(() ->
                        new VerifyForCaller.Request(numberOf(request), caller, channel, exchange, Refusals::ofSeed))
                .flatMap(verify::verify)
                .map(done -> SeedResponse.from(done, reasons.of(done, exchange.getLocaleContext())));
    }

    private static DocumentNumber numberOf(Supplier<DocumentNumber> request) {
        try {
            return request.get();
        } catch (ProblemException wrong) {
            throw wrong.with("success", false);
        }
    }
}
