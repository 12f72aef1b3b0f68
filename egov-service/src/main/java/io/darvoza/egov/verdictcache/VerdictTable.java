package io.darvoza.egov.verdictcache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Verdicts by key: all of them encrypted in table {@code verdict_cache}, the last ones in memory, too. */
@Component
class VerdictTable {

    private static final String TABLE = "verdict_cache";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Cache<ByteBuffer, Remembered> memory;

    VerdictTable(DatabaseClient database, FieldCipher cipher, JsonMapper json, CacheProperties properties) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
        this.memory = Caffeine.newBuilder().maximumSize(properties.size()).build();
    }

    /** What this instance remembers without asking. */
    @Nullable
    Remembered inMemory(byte[] key) {
        return memory.getIfPresent(ByteBuffer.wrap(key));
    }

    /** What any instance remembers. */
    Mono<Remembered> find(byte[] key) {
        return database.sql("select verdict, fresh_until, stale_until from verdict_cache where key = :key")
                .bind("key", key)
                .map(row -> remembered(key, row))
                .one()
                .doOnNext(found -> memory.put(ByteBuffer.wrap(key), found));
    }

    Mono<Void> keep(byte[] key, Remembered remembered) {
        return Mono.defer(() -> database.sql("""
                        insert into verdict_cache (key, verdict, fresh_until, stale_until)
                        values (:key, :verdict, :fresh, :stale)
                        on conflict (key) do update set
                            verdict = excluded.verdict, fresh_until = excluded.fresh_until, stale_until = excluded.stale_until
                        """)
                .bind("key", key)
                .bind("verdict", cipher.encrypt(json.writeValueAsString(RememberedRow.from(remembered)), place(key)))
                .bind("fresh", remembered.freshUntil())
                .bind("stale", remembered.staleUntil())
                .then()
                .doOnSuccess(_ -> memory.put(ByteBuffer.wrap(key), withoutAttempts(remembered))));
    }

    /** Whoever gets it from here has caused none. */
    private static Remembered withoutAttempts(Remembered remembered) {
        return RememberedRow.from(remembered).toRemembered();
    }

    private Remembered remembered(byte[] key, Readable row) {
        byte[] verdict = Objects.requireNonNull(row.get("verdict", byte[].class));
        return json.readValue(cipher.decrypt(verdict, place(key)), RememberedRow.class)
                .toRemembered();
    }

    private static FieldPlace place(byte[] key) {
        return new FieldPlace(TABLE, "verdict", HexFormat.of().formatHex(key));
    }
}
