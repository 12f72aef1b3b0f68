package io.darvoza.local.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's callback address, played by the sandbox, registered with payments-service as long as this is open. */
public final class PartnerCallbacks implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Http sandbox;
    private final String name = "good-" + UUID.randomUUID();
    private final PartnerProgram partner;
    private final String endpoint;
    private final byte[] secret;

    /** What came: the callback's body and whether its signature is ours. */
    public record Callback(JsonNode body, boolean genuine) {}

    public PartnerCallbacks(URI sandbox, PartnerProgram partner) {
        this.sandbox = new Http(sandbox);
        this.partner = partner;
        var url = sandbox.resolve("/partner/" + name + "/callbacks");
        var made = partner.post("/v1/payments/webhooks", "{\"url\":\"%s\"}".formatted(url));
        if (made.status() != 201) {
            throw new IllegalStateException("the callback address was refused: " + made.text());
        }
        this.endpoint = made.json().get("id").asString();
        this.secret =
                Base64.getDecoder().decode(made.json().get("secret").asString().substring("whsec_".length()));
    }

    /** The callback that tells of this event of the order, or null when none comes in time. */
    public @Nullable Callback next(String uid, String type, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            var found = find(uid, type);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(PAUSE);
        }
        return null;
    }

    private Optional<Callback> find(String uid, String type) {
        return sandbox.get("/partner/" + name + "/callbacks", null)
                .json()
                .get("callbacks")
                .valueStream()
                .map(this::read)
                .filter(callback -> callback.body().path("type").asString("").equals(type)
                        && callback.body().at("/data/uid").asString("").equals(uid))
                .findFirst();
    }

    private Callback read(JsonNode came) {
        var text = came.get("body").asString();
        var signed = came.path("id").asString("") + "." + came.path("timestamp").asString("") + "." + text;
        var expected = "v1," + Base64.getEncoder().encodeToString(PartnerProgram.hmac(secret, signed));
        var genuine = Arrays.stream(came.path("signature").asString("").split(" "))
                .anyMatch(given -> MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII)));
        return new Callback(JSON.readTree(text), genuine);
    }

    @Override
    public void close() {
        var gone = partner.delete("/v1/payments/webhooks/" + endpoint);
        if (gone.status() != 204) {
            throw new IllegalStateException("the callback address was not taken back: " + gone.text());
        }
        var forgotten =
                sandbox.send(sandbox.request("/partner/" + name, null).DELETE().build());
        if (forgotten.status() != 204) {
            throw new IllegalStateException("the sandbox did not forget: " + forgotten.text());
        }
    }
}
