package io.darvoza.gateway.token;

import io.darvoza.common.security.AllowedToAnyone;
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

    @PostMapping(
            path = {"/v1/token", "/token"},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<byte[]>> token(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            ServerHttpRequest request) {
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
