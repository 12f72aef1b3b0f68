package io.darvoza.payments.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.signature.KeyExamples;
import io.darvoza.payments.signature.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** A browser without scripts before the service, and a partner whose program makes orders. */
public final class PageWorld implements AutoCloseable {

    public static final Duration BOUND = Duration.ofSeconds(10);

    private static final String PARTNER = TestTokens.shared().program("partner", "partner");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PartnerHttp programs;
    private final Signer signer;
    private final DatabaseClient database;
    private final int port;

    public PageWorld(ApplicationContext service, int port) {
        this.programs = new PartnerHttp(port);
        this.signer = new KeyExamples(service).signer();
        this.database = service.getBean(DatabaseClient.class);
        this.port = port;
    }

    /** A new order of an amount that no other test asks for on the same card. */
    public JsonNode order(String type, String amount) {
        String body = """
            {"type":"%s","amount":"%s","currency":"RUB","external_id":"%s","return_url":"https://shop.example.test/back"}\
            """.formatted(type, amount, UUID.randomUUID());
        Map<String, String> headers = new HashMap<>(signer.headers("POST", programs.uri("/v1/payments/orders"), body));
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        var reply = programs.send("POST", "/v1/payments/orders", PARTNER, body, headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    public PartnerHttp programs() {
        return programs;
    }

    /** Opens a page, as somebody with that token or as nobody. */
    public HttpResponse<String> opens(String token, String language, String path) {
        return send(request(token, language, path).GET());
    }

    /** Sends a form. */
    public HttpResponse<String> sends(String token, String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(token, "ru", path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public void execute(String sql) {
        database.sql(sql).then().block(BOUND);
    }

    public String text(String sql) {
        return database.sql(sql).mapValue(String.class).one().block(BOUND);
    }

    private HttpRequest.Builder request(String token, String language, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "text/html")
                .header("Accept-Language", language);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        programs.close();
    }
}
