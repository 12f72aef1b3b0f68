package io.darvoza.payments.page.docs;

import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The section's own style and script, beside those of the kit: asked for each time, sent when they have changed. */
@RestController
@Hidden
@AllowedToAnyone
class DocsFileController {

    private static final Map<String, MediaType> TYPES = Map.of(
            "docs.css", new MediaType("text", "css", StandardCharsets.UTF_8),
            "docs.js", new MediaType("text", "javascript", StandardCharsets.UTF_8));

    private final Map<String, String> files = Map.of("docs.css", read("docs.css"), "docs.js", read("docs.js"));

    @GetMapping(DocsController.PATH + "/files/{name}")
    ResponseEntity<String> file(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        String file = files.get(name);
        if (file == null) {
            throw CommonProblem.NOT_FOUND.exception();
        }
        String tag = "\"" + hash(file) + "\"";
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(
                        known.equals(tag) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .cacheControl(CacheControl.noCache())
                .eTag(tag);
        return known.equals(tag)
                ? answer.build()
                : answer.contentType(TYPES.getOrDefault(name, MediaType.TEXT_PLAIN))
                        .body(file);
    }

    private static String read(String name) {
        try {
            return new ClassPathResource("payments-docs/files/" + name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
    }
}
