package io.darvoza.payments.signature.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query in the one spelling that is signed: pairs by name, then by value, each octet but RFC 3986's unreserved ones
 * percent-encoded in upper case. So client libraries and proxies may order and encode as they like. A plus is a plus; a name
 * without {@code =} has the empty value.
 */
final class CanonicalQuery {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private record Pair(String name, String value) {

        static Pair of(String raw) {
            int equals = raw.indexOf('=');
            return equals < 0
                    ? new Pair(encoded(raw), "")
                    : new Pair(encoded(raw.substring(0, equals)), encoded(raw.substring(equals + 1)));
        }
    }

    private CanonicalQuery() {}

    /** An {@link IllegalArgumentException} for a percent sign that begins no octet. */
    static String of(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        return Stream.of(raw.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(Pair::of)
                .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String raw) {
        var text = new StringBuilder(raw.length());
        for (byte octet : octets(raw)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                text.append((char) octet);
            } else {
                text.append('%').append("%02X".formatted(octet));
            }
        }
        return text.toString();
    }

    private static byte[] octets(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        var octets = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                octets.write(octet(bytes, i + 1));
                i += 2;
            } else {
                octets.write(bytes[i]);
            }
        }
        return octets.toByteArray();
    }

    private static int octet(byte[] bytes, int start) {
        int high = start + 1 < bytes.length ? Character.digit(bytes[start], 16) : -1;
        int low = start + 1 < bytes.length ? Character.digit(bytes[start + 1], 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("a percent sign without two hexadecimal digits");
        }
        return 16 * high + low;
    }
}
