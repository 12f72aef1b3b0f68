package io.darvoza.common.test.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs the bad tokens against a running server that trusts {@link TestTokens#shared()}. */
public final class TokenAttacks {

    private static final TestTokens TOKENS = TestTokens.shared();
    private static final HttpClient CLIENT = client();

    private TokenAttacks() {}

    /**
     * A test per bad token, and one that a good token passes, without which the others would prove nothing.
     *
     * @param address of something that needs a token; an unknown path will do, which answers 404 to a good one
     */
    public static Stream<DynamicTest> against(URI address) {
        DynamicTest good = DynamicTest.dynamicTest("passes a good token", () -> {
            var answer = send(address, List.of("Bearer " + TOKENS.user("bank_client", "bank_client")));
            assertThat(answer.statusCode()).isNotIn(401, 403, 431).isLessThan(500);
        });
        Stream<DynamicTest> bad = Arrays.stream(TokenAttack.values())
                .map(attack -> DynamicTest.dynamicTest("refuses " + attack, () -> refuses(address, attack)));
        return Stream.concat(Stream.of(good), bad);
    }

    private static void refuses(URI address, TokenAttack attack) throws IOException, InterruptedException {
        var answer = sendAlone(URI.create(address + attack.query(TOKENS)), attack.authorization(TOKENS));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(attack.status());
        if (attack.status() == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer realm="));
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("\"code\":\"unauthenticated\"");
        }
    }

    /** Sends as many tokens of unknown keys, a hundred at a time; all must be refused. Gives the fetches of keys that they caused. */
    public static int fetchesCausedByRandomKids(URI address, int count) throws InterruptedException {
        int before = TOKENS.jwks().fetches();
        List<String> tokens = TokenAttack.randomKids(TOKENS, count);
        try (var senders = Executors.newFixedThreadPool(100, Thread.ofVirtual().factory())) {
            var answers = senders.invokeAll(tokens.stream()
                    .<java.util.concurrent.Callable<Integer>>map(token ->
                            () -> send(address, List.of("Bearer " + token)).statusCode())
                    .toList());
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(401));
        }
        return TOKENS.jwks().fetches() - before;
    }

    /** On a connection of its own: on a kept one Reactor Netty 1.3.8 leaves some unreadable requests unanswered. */
    private static HttpResponse<String> sendAlone(URI address, List<String> authorization)
            throws IOException, InterruptedException {
        try (HttpClient client = client()) {
            return send(client, address, authorization);
        }
    }

    private static HttpResponse<String> send(URI address, List<String> authorization)
            throws IOException, InterruptedException {
        return send(CLIENT, address, authorization);
    }

    private static HttpResponse<String> send(HttpClient client, URI address, List<String> authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        authorization.forEach(value -> request.header("Authorization", value));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
