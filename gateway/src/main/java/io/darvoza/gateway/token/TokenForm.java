package io.darvoza.gateway.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A token request of a caller: read only as far as to know the grant, and passed on as it came. */
record TokenForm(byte[] encoded) {

    /** All values of {@code grant_type}, in order. */
    List<String> grants() {
        List<String> grants = new ArrayList<>();
        for (String pair : new String(encoded, StandardCharsets.ISO_8859_1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decode(pair.substring(0, equals)).equals("grant_type")) {
                grants.add(decode(pair.substring(equals + 1)));
            }
        }
        return grants;
    }

    /** What cannot be decoded names nothing that we know. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
