package io.darvoza.gateway.token;

import io.darvoza.common.security.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Tokens for programs: Keycloak's token endpoint under a path of ours, for the grants that programs use. Errors of OAuth come
 * as Keycloak says them (RFC 6749 §5.2); that Keycloak is away comes as a problem.
 */
@RestController
@AllowedToAnyone
final class TokenController {

    private final KeycloakTokens keycloak;
    private final TokenProperties properties;

    TokenController(KeycloakTokens keycloak, TokenProperties properties) {
        this.keycloak = keycloak;
        this.properties = properties;
    }

    /** What Keycloak is asked, for the OpenAPI description; it takes the members that belong to the grant. */
    @Schema(name = "TokenRequest")
    record Form(
            @Schema(
                    name = "grant_type",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "client_credentials or refresh_token")
            String grantType,

            @Schema(name = "client_id", description = "Unless the client is named by HTTP basic authentication")
            @Nullable
            String clientId,

            @Schema(name = "client_secret") @Nullable String clientSecret,

            @Schema(name = "refresh_token") @Nullable String refreshToken) {}

    @PostMapping(
            path = {"/v1/token", "/token"},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(
            summary = "A token for a program",
            description =
                    "RFC 6749 with the client's credentials, in the form or by HTTP basic authentication. Errors of OAuth"
                            + " come as RFC 6749 §5.2 has them.",
            security = {},
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                                            schema = @Schema(implementation = Form.class))))
    @ApiResponse(
            responseCode = "200",
            description = "RFC 6749 §5.1",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")))
    Mono<ResponseEntity<byte[]>> token(
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
                    String authorization,
            @Parameter(hidden = true) ServerHttpRequest request) {
        return DataBufferUtils.join(
                        request.getBody(), Math.toIntExact(properties.maxBody().toBytes()))
                .map(TokenController::bytes)
                .defaultIfEmpty(new byte[0])
                .map(TokenForm::new)
                .flatMap(form -> answer(authorization, form));
    }

    private Mono<ResponseEntity<byte[]>> answer(@Nullable String authorization, TokenForm form) {
        List<String> grants = form.grants();
        if (grants.size() != 1) {
            return Mono.just(refusal("invalid_request", "grant_type must be given exactly once"));
        }
        if (!properties.grants().contains(grants.getFirst())) {
            return Mono.just(refusal("unsupported_grant_type", "this grant is not to be had here"));
        }
        return keycloak.ask(authorization, form.encoded())
                .map(answer -> json(answer.status(), answer.challenge(), answer.body()));
    }

    private static ResponseEntity<byte[]> refusal(String error, String description) {
        String body = "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
        return json(HttpStatus.BAD_REQUEST, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> json(HttpStatusCode status, @Nullable String challenge, byte[] body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.PRAGMA, "no-cache");
        if (challenge != null) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        return answer.body(body);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
