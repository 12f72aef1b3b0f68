package io.darvoza.egov.embed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The origin of a form's page, spelled exactly as browsers send it (RFC 6454 §6.2). */
record Origin(String text) {

    private static final int LONGEST = 300;

    /** Empty for what no browser sends, and for plain http from other hosts than these. */
    static Optional<Origin> parse(String text, Set<String> plainHosts) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean allowed = host != null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && plainHosts.contains(host)));
            return allowed && text.equals(spelled(uri.getScheme(), host, uri.getPort()))
                    ? Optional.of(new Origin(text))
                    : Optional.empty();
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static String spelled(String scheme, String host, int port) {
        boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }
}
