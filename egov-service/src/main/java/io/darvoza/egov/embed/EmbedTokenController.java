package io.darvoza.egov.embed;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives the back end of a form's host what its page may verify with; the host's own token never reaches the page. */
@RestController
@Tag(name = "Embed")
class EmbedTokenController {

    private final EmbedTokens tokens;
    private final EmbedProperties properties;

    EmbedTokenController(EmbedTokens tokens, EmbedProperties properties) {
        this.tokens = tokens;
        this.properties = properties;
    }

    /** For which page, and how often. */
    @Schema(name = "EmbedTokenRequest")
    record TokenRequest(
            @Schema(
                    example = "https://forms.example.kz",
                    description = "Origin of the form's page, as browsers send it",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String origin,

            @Schema(description = "Checks that the token is good for") @Nullable
            Integer checks) {}

    /** The token; for header {@code X-Embed-Token} of {@code POST /egov/ajax/verify-…}. */
    @Schema(name = "EmbedToken")
    record TokenResponse(String token, String origin, int checks, Instant expiresAt, long expiresIn) {

        @Override
        public String toString() {
            return "TokenResponse[" + origin + "]";
        }
    }

    @PostMapping("/v1/egov/embed/tokens")
    @AllowedTo("egov_host")
    @Operation(operationId = "issueEmbedToken", summary = "A token for a form's page on another origin")
    Mono<ResponseEntity<TokenResponse>> issue(@RequestBody TokenRequest request, Caller caller) {
        Origin origin = Optional.ofNullable(request.origin())
                .flatMap(text -> Origin.parse(text, properties.plainHosts()))
                .orElseThrow(() -> wrong("/origin", "https, a host and a port if it is not 443; nothing behind it"));
        int checks = request.checks() == null ? properties.checks() : request.checks();
        if (checks < 1 || checks > properties.checksAtMost()) {
            throw wrong("/checks", "1 to " + properties.checksAtMost());
        }
        return tokens.issue(caller, origin, checks)
                .map(issued -> ResponseEntity.status(HttpStatus.CREATED)
                        .cacheControl(CacheControl.noStore())
                        .body(new TokenResponse(
                                issued.token(),
                                origin.text(),
                                checks,
                                issued.expiresAt(),
                                properties.life().toSeconds())));
    }

    private static ProblemException wrong(String pointer, String detail) {
        return CommonProblem.VALIDATION_FAILED.exception().error(pointer, detail);
    }
}
