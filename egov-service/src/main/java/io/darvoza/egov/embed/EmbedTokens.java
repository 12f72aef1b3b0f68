package io.darvoza.egov.embed;

import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.security.Caller;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tokens with which a form on another origin may ask for verifications: 256 random bits, of which only the hash is kept, each bound to
 * one origin, a few minutes and a number of checks. Counted in the database, so over all instances.
 */
@Component
class EmbedTokens {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String SERVICE_ACCOUNT = "service-account-";

    private final DatabaseClient database;
    private final EmbedProperties properties;
    private final Clock clock;
    private final SecureRandom random = seeded();

    EmbedTokens(DatabaseClient database, EmbedProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** A token as its host gets it, once. */
    record Issued(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    Mono<Issued> issue(Caller host, Origin origin, int checks) {
        return Mono.defer(() -> {
            byte[] bits = new byte[BYTES];
            random.nextBytes(bits);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            Instant now = clock.instant();
            Instant end = now.plus(properties.life());
            return database.sql("""
                            insert into embed_token (hash, client_id, subject, origin, checks_left, created_at, expires_at)
                            values (:hash, :client, :subject, :origin, :checks, :now, :end)
                            """)
                    .bind("hash", hash(token))
                    .bind("client", host.clientId())
                    .bind("subject", host.subject())
                    .bind("origin", origin.text())
                    .bind("checks", checks)
                    .bind("now", now)
                    .bind("end", end)
                    .then()
                    .thenReturn(new Issued(token, end));
        });
    }

    /** Takes one of the token's checks for this origin and gives on whose account it goes; empty when there is none to take. */
    Mono<Caller> use(String token, String origin) {
        return !FORM.matcher(token).matches()
                ? Mono.empty()
                : Mono.defer(() -> database.sql("""
                                update embed_token set checks_left = checks_left - 1
                                where hash = :hash and origin = :origin and checks_left > 0 and expires_at > :now
                                returning client_id, subject, expires_at
                                """)
                        .bind("hash", hash(token))
                        .bind("origin", origin)
                        .bind("now", clock.instant())
                        .map(EmbedTokens::caller)
                        .one());
    }

    /** Whether some host has lately asked for a token for this origin: nobody else's pages read our answers. */
    Mono<Boolean> isKnown(String origin) {
        return database.sql("select exists (select from embed_token where origin = :origin)")
                .bind("origin", origin)
                .mapValue(Boolean.class)
                .one();
    }

    /** The host's own program: what its forms verify is its own. */
    private static Caller caller(Readable row) {
        String client = Objects.requireNonNull(row.get("client_id", String.class));
        return new Caller(
                Objects.requireNonNull(row.get("subject", String.class)),
                client,
                SERVICE_ACCOUNT + client,
                null,
                null,
                Set.of(EmbeddedForm.ROLE),
                Objects.requireNonNull(row.get("expires_at", Instant.class)));
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.US_ASCII));
    }

    /** The platform's generator reads a file at every call, on an event loop; this one only now, for its seed. */
    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[BYTES]);
            return random;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
