package io.darvoza.egov.verification;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.verification.NumberRequest.BinRequest;
import io.darvoza.egov.verification.NumberRequest.IinRequest;
import io.darvoza.egov.verification.NumberRequest.PassportRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Verifies one number; who cannot be asked is a problem. */
@RestController
@AllowedTo({"egov_user", "egov_admin"})
@Tag(name = "Verification")
class VerifyController {

    private final VerifyForCaller verify;

    VerifyController(VerifyForCaller verify) {
        this.verify = verify;
    }

    @PostMapping("/v1/egov/verify/iin")
    @Operation(operationId = "verifyIin", summary = "Verify an ИИН")
    Mono<VerificationResponse> iin(@RequestBody IinRequest request, Caller caller, ServerWebExchange exchange) {
        return answer(request.number(), caller, exchange);
    }

    @PostMapping("/v1/egov/verify/passport")
    @Operation(operationId = "verifyPassport", summary = "Verify a passport or an identity card")
    Mono<VerificationResponse> passport(
            @RequestBody PassportRequest request, Caller caller, ServerWebExchange exchange) {
        return answer(request.number(), caller, exchange);
    }

    @PostMapping("/v1/egov/verify/bin")
    @Operation(operationId = "verifyBin", summary = "Verify a БИН")
    Mono<VerificationResponse> bin(@RequestBody BinRequest request, Caller caller, ServerWebExchange exchange) {
        return answer(request.number(), caller, exchange);
    }

    private Mono<VerificationResponse> answer(DocumentNumber number, Caller caller, ServerWebExchange exchange) {
        return verify.verify(new VerifyForCaller.Request(number, caller, Channel.API, exchange, Refusals::of))
                .map(done -> VerificationResponse.from(done, DerivedHints.of(number)));
    }
}
