package io.darvoza.local.demo;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.SampleIin;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A clerk verifies numbers against the sandbox's portal, on its good days and on its bad ones. Settings are put back after it. */
public final class EgovJourney {

    private static final String SETTINGS = "/v1/egov/settings/";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Http http;
    private final Http sandbox;
    private final UnaryOperator<String> tokens;
    private final String nextKey;
    private final Story story = new Story(System.out);

    /**
     * @param tokens name of a demo user → access token
     * @param nextKey a key that the portal takes and that is not in use
     */
    public EgovJourney(Http http, URI sandbox, UnaryOperator<String> tokens, String nextKey) {
        this.http = http;
        this.sandbox = new Http(sandbox);
        this.tokens = tokens;
        this.nextKey = nextKey;
    }

    /** Plays and prints it. Returns whether every step held. */
    public boolean play() {
        System.out.println("Numbers are verified: egov_user → egov-service → data.egov.kz as the sandbox plays it");
        var clerk = tokens.apply("egov_user");
        var admin = tokens.apply("egov_admin");
        try {
            // What an earlier demo has used up is not this one's.
            wellAgain();
            onGoodDays(clerk);
            withinTheLimit(clerk, admin);
            onBadDays(clerk, admin);
            withAnotherKey(clerk, admin);
        } finally {
            putBack(admin);
        }
        return story.held();
    }

    private void onGoodDays(String clerk) {
        var iin = iin();
        story.fact(
                "a right IIN is verified: POST /v1/egov/verify/iin",
                "verified",
                () -> is(verified(clerk, iin), "status", "verified"));
        story.fact(
                "… and the second time nobody is asked",
                "cache",
                () -> verified(clerk, iin).json().path("from_cache").asBoolean());
        story.fact(
                "the seed's 123456789012 has a wrong check digit: POST /egov/ajax/verify-iin/",
                "invalid",
                () -> is(
                        http.post("/egov/ajax/verify-iin/", clerk, "{\"iin\": \"123456789012\"}"),
                        "reason",
                        "CHECKSUM"));
        story.fact(
                "the seed's passport: POST /egov/ajax/verify-passport/",
                "verified",
                () -> is(
                        http.post("/egov/ajax/verify-passport/", clerk, "{\"passport_number\": \"N12345678\"}"),
                        "status",
                        "verified"));
        story.answer(
                "anybody may ask for health: GET /egov/ajax/health/", 200, () -> http.get("/egov/ajax/health/", null));
    }

    private void withinTheLimit(String clerk, String admin) {
        set(admin, "EGOV_RATE_LIMIT_PER_MINUTE", "1");
        story.answer("beyond the limit a new number is refused", 429, () -> verified(clerk, iin()));
        reset(admin, "EGOV_RATE_LIMIT_PER_MINUTE");
    }

    private void onBadDays(String clerk, String admin) {
        var iin = iin();
        set(admin, "EGOV_CACHE_TTL_SECONDS", "1");
        story.fact(
                "a number is verified while all is well",
                "verified",
                () -> is(verified(clerk, iin), "status", "verified"));
        feels("{\"kind\": \"html\"}");
        story.fact(
                "the portal answers HTML: the older verdict stands in and says so",
                "stale",
                () -> comes(() -> verified(clerk, iin).json().path("stale").asBoolean(false)));
        story.answer("a number that nobody knows yet is a 502", 502, () -> verified(clerk, iin()));
        wellAgain();
        reset(admin, "EGOV_CACHE_TTL_SECONDS");
    }

    private void withAnotherKey(String clerk, String admin) {
        set(admin, "EGOV_API_KEY", nextKey);
        var taken = sandbox.put("/opendata/control/keys", "", "{\"keys\": [\"%s\"]}".formatted(nextKey));
        story.fact("the sandbox's portal takes another key from now on", "204", () -> taken.status() == 204);
        story.fact(
                "the key was rotated while everything runs; the portal takes the new one alone",
                "verified",
                () -> is(verified(clerk, iin()), "status", "verified"));
        reset(admin, "EGOV_API_KEY");
        wellAgain();
    }

    private void set(String admin, String name, String value) {
        story.answer(
                "egov_admin sets " + name,
                200,
                () -> http.put(SETTINGS + name, admin, "{\"value\": \"%s\"}".formatted(value)));
    }

    private void reset(String admin, String name) {
        story.answer("… and puts it back", 200, () -> http.delete(SETTINGS + name, admin));
    }

    private void putBack(String admin) {
        wellAgain();
        for (var name : new String[] {"EGOV_RATE_LIMIT_PER_MINUTE", "EGOV_CACHE_TTL_SECONDS", "EGOV_API_KEY"}) {
            // 404 when it was put back already.
            var ignored = http.delete(SETTINGS + name, admin);
        }
    }

    private void feels(String behaviour) {
        var ignored = sandbox.put("/opendata/control/behaviour", "", behaviour);
    }

    private void wellAgain() {
        var ignored = sandbox.delete("/opendata/control", "");
    }

    private Reply verified(String clerk, String iin) {
        return http.post("/v1/egov/verify/iin", clerk, "{\"iin\": \"%s\"}".formatted(iin));
    }

    private static boolean is(Reply reply, String member, String word) {
        return reply.status() == 200 && reply.json().path(member).asString("").equals(word);
    }

    private static boolean comes(BooleanSupplier wanted) {
        var end = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < end) {
            if (wanted.getAsBoolean()) {
                return true;
            }
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** A right number that no demo has asked for, as good as certainly, and that the played portal knows. */
    private static String iin() {
        var random = ThreadLocalRandom.current();
        while (true) {
            var body = "%02d%02d%02d3%04d"
                    .formatted(
                            random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(9000));
            var whole = SampleIin.complete(body);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
    }
}
