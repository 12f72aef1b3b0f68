package io.darvoza.payments.page.payer;

import io.darvoza.common.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Style and script of the payer's page, which stand in the page itself: one answer is all that a slow phone has to wait for. The
 * policy names them by their hashes, so that nothing else runs, whatever else might get into the page.
 */
@Component
public final class PayerFiles {

    private final String style = read("payer.css");
    private final String script = read("payer.js");
    private final String policy = String.join(
            "; ",
            "default-src 'none'",
            "script-src '" + hash(script) + "'",
            "style-src '" + hash(style) + "'",
            "img-src data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    PayerFiles() {}

    public String style() {
        return style;
    }

    public String script() {
        return script;
    }

    /** The page's Content-Security-Policy. */
    String policy() {
        return policy;
    }

    private static String read(String name) {
        try {
            return new ClassPathResource("payments-payer/" + name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String hash(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text));
    }
}
