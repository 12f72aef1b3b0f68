package io.darvoza.payments.webhook.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges where a partner wants to be called: {@code https} to a name or a public address. What a name resolves to is judged
 * when the connection is made, since it may change at any time.
 */
public final class CallbackUrl {

    public static final int MAX_LENGTH = 2000;

    /** Numbers with dots: an IPv4 address, in its one spelling or in one that resolvers read differently (octal, hexadecimal). */
    private static final Pattern NUMERIC = Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?");

    private CallbackUrl() {}

    /** Why the address will not do; empty for one that will. */
    public static Optional<String> refusal(String text, Set<String> exceptions) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("at most " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException unreadable) {
            return Optional.of("not an address");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("a scheme, a host and a path, without user and fragment");
        }
        if (isException(uri, exceptions)) {
            return Optional.empty();
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            return Optional.of("https only");
        }
        return isPublicHost(uri.getHost()) ? Optional.empty() : Optional.of("public addresses only");
    }

    /** Whether the origin is one of the exceptions, such as {@code http://127.0.0.1:8190}. */
    public static boolean isException(URI uri, Set<String> exceptions) {
        return exceptions.contains(origin(uri));
    }

    /** Scheme, host and port as they stand in the address, in lower case. */
    public static String originOf(String address) {
        return origin(URI.create(address));
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return uri.getPort() < 0 ? scheme + "://" + host : scheme + "://" + host + ":" + uri.getPort();
    }

    private static boolean isPublicHost(String host) {
        InetAddress literal = literal(host);
        if (NUMERIC.matcher(host).matches()) {
            return literal != null && literal.getHostAddress().equals(host) && PublicAddress.is(literal);
        }
        if (literal != null) {
            return PublicAddress.is(literal);
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.contains(".")
                && !name.endsWith(".localhost")
                && !name.endsWith(".local")
                && !name.endsWith(".internal");
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }
}
