package io.darvoza.gateway.hygiene;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The id under which a request is found in every log of the suite. */
public final class RequestId {

    /** In the request to a service, and in every answer. */
    public static final String HEADER = "X-Request-ID";

    private static final int LENGTH = 36;

    private RequestId() {}

    /** The request's id: the caller's own when it was a UUID, else one of ours. */
    public static String of(ServerHttpRequest request) {
        String id = request.getHeaders().getFirst(HEADER);
        return id == null ? "" : id;
    }

    /** A random UUID; not secret, so not drawn from the source of secrets, which would block the event loop. */
    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    /** Whether the values are one UUID in its usual notation. Anything else could be made to lie in a log. */
    static boolean isOne(List<String> values) {
        return values.size() == 1 && isUuid(values.getFirst());
    }

    private static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
