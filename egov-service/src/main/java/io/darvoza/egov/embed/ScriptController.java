package io.darvoza.egov.embed;

import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.security.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The script that adds the buttons: the same for everybody, on every site. */
@RestController
@Hidden
class ScriptController {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);

    private final byte[] script;
    private final String tag;

    ScriptController() {
        try {
            script = new ClassPathResource("embed/verify.js").getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        tag = '"' + HexFormat.of().formatHex(Sha256.of(script), 0, 8) + '"';
    }

    @GetMapping("/egov/embed/verify.js")
    @AllowedToAnyone
    ResponseEntity<byte[]> script(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        // Other sites may run it, and may pin it by its hash, for which browsers must be allowed to read it.
        headers.set("Cross-Origin-Resource-Policy", "cross-origin");
        headers.setAccessControlAllowOrigin("*");
        return ResponseEntity.ok()
                .contentType(SCRIPT)
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .eTag(tag)
                .body(script);
    }
}
