package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves before a measurement that both sides do what they are measured at: a speed without the checks would be none. */
record Preflight(HttpClient http) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The address lets the good token through and answers 401 without a token and with a forged one. */
    void checksTokens(URI address, String token, String body) {
        passes(address, token, body);
        refuses(address, null);
        refuses(address, forged(token));
    }

    /** As above, and counts the request: the gateway's limits are on. */
    void checksTokensAndLimits(URI address, String token, String body) {
        checksTokens(address, token, body);
        var headers = get(address, token).headers();
        for (var name : List.of("RateLimit", "RateLimit-Policy", "X-Request-ID")) {
            if (headers.firstValue(name).isEmpty()) {
                throw new StartFailure(
                        "%s answers without %s, so what is measured is not the whole gateway".formatted(address, name));
            }
        }
    }

    private void passes(URI address, String token, String body) {
        var answer = get(address, token);
        if (answer.statusCode() != 200 || !answer.body().equals(body)) {
            throw new StartFailure(
                    "%s answers a good token with %d: %s".formatted(address, answer.statusCode(), answer.body()));
        }
    }

    private void refuses(URI address, @Nullable String token) {
        var answer = get(address, token);
        if (answer.statusCode() != 401) {
            throw new StartFailure("%s answers %s token with %d instead of 401"
                    .formatted(address, token == null ? "no" : "a forged", answer.statusCode()));
        }
    }

    /** Another character in the middle of the signature. */
    private static String forged(String token) {
        var place = (token.lastIndexOf('.') + token.length()) / 2;
        var other = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + other + token.substring(place + 1);
    }

    private HttpResponse<String> get(URI address, @Nullable String token) {
        var request = HttpRequest.newBuilder(address).timeout(TIMEOUT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StartFailure(address + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
    }
}
