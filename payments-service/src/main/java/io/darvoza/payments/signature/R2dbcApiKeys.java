package io.darvoza.payments.signature;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.FastRandom;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link ApiKeys} in tables {@code api_key} and {@code request_nonce}. */
@Component
final class R2dbcApiKeys implements ApiKeys {

    private static final String COLUMNS =
            "id, partner_id, label, scopes, ip_allowlist, created_at, expires_at, revoked_at, last_used_at, rotated_to";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final SecureRandom random;

    R2dbcApiKeys(DatabaseClient database, FieldCipher cipher, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
        this.random = FastRandom.create();
    }

    @Override
    public Mono<IssuedKey> issue(UUID partnerId, Wish wish, String actor) {
        return Mono.defer(() -> {
            byte[] bytes = new byte[KeySecret.LENGTH];
            random.nextBytes(bytes);
            var secret = new KeySecret(bytes);
            var key = keyOf(ids.next(), partnerId, wish);
            return insert(key, secret, actor, "").thenReturn(new IssuedKey(key, secret));
        });
    }

    @Override
    public Mono<Void> keep(UUID id, UUID partnerId, Wish wish, KeySecret secret) {
        return Mono.defer(() -> insert(keyOf(id, partnerId, wish), secret, "local", " on conflict do nothing"));
    }

    private ApiKey keyOf(UUID id, UUID partnerId, Wish wish) {
        return new ApiKey(
                id,
                partnerId,
                wish.label(),
                wish.scopes(),
                wish.addresses(),
                clock.instant(),
                wish.expiresAt(),
                null,
                null,
                null);
    }

    private Mono<Void> insert(ApiKey key, KeySecret secret, String actor, String onConflict) {
        return database.sql("""
                        insert into api_key (id, partner_id, label, scopes, ip_allowlist, secret, created_at, created_by,
                                             expires_at)
                        values (:id, :partner, :label, :scopes, :addresses, :secret, :now, :actor, :expires)
                        """ + onConflict)
                .bind("id", key.id())
                .bind("partner", key.partnerId())
                .bind("label", key.label())
                .bind("scopes", key.scopes().stream().map(Scope::word).toArray(String[]::new))
                .bind(
                        "addresses",
                        key.addresses().stream().map(AddressRange::toString).toArray(String[]::new))
                .bind("secret", ByteBuffer.wrap(cipher.encrypt(secret.hex(), place(key.id()))))
                .bind("now", key.createdAt())
                .bind("actor", actor)
                .bind("expires", SqlValue.of(Instant.class, key.expiresAt()))
                .then();
    }

    @Override
    public Flux<ApiKey> of(UUID partnerId) {
        return database.sql("select " + COLUMNS + " from api_key where partner_id = :partner order by id desc")
                .bind("partner", partnerId)
                .map(R2dbcApiKeys::key)
                .all();
    }

    @Override
    public Mono<StoredKey> find(UUID id) {
        return database.sql("select " + COLUMNS + ", secret, "
                        + "(select client_id from partner where partner.id = partner_id) client_id"
                        + " from api_key where id = :id")
                .bind("id", id)
                .map(this::storedKey)
                .one();
    }

    @Override
    public Mono<ApiKey> succeed(ApiKey key, UUID successor, Instant endsAt, Instant now) {
        return database.sql("""
                        update api_key set rotated_to = :successor, expires_at = least(expires_at, :ends),
                                           row_version = row_version + 1
                        where id = :id and rotated_to is null and revoked_at is null
                          and (expires_at is null or expires_at > :now)
                        returning %s
                        """.formatted(COLUMNS))
                .bind("successor", successor)
                .bind("ends", endsAt)
                .bind("id", key.id())
                .bind("now", now)
                .map(R2dbcApiKeys::key)
                .one();
    }

    @Override
    public Mono<ApiKey> revoke(UUID partnerId, UUID id, String actor) {
        return database.sql("""
                        update api_key set revoked_at = :now, revoked_by = :actor, row_version = row_version + 1
                        where id = :id and partner_id = :partner and revoked_at is null
                        returning %s
                        """.formatted(COLUMNS))
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bind("id", id)
                .bind("partner", partnerId)
                .map(R2dbcApiKeys::key)
                .one();
    }

    @Override
    public Mono<Long> countingOf(UUID partnerId) {
        return database.sql("select 1 from partner where id = :partner for no key update")
                .bind("partner", partnerId)
                .then()
                .then(database.sql("""
                                select count(*) from api_key where partner_id = :partner and revoked_at is null
                                  and (expires_at is null or expires_at > :now)
                                """)
                        .bind("partner", partnerId)
                        .bind("now", clock.instant())
                        .mapValue(Long.class)
                        .one());
    }

    /** last_used_at is for people: to the minute is enough, and spares a write per request. */
    @Override
    public Mono<Boolean> use(UUID id, UUID nonce) {
        return database.sql("""
                        with used as (
                            update api_key set last_used_at = :now
                            where id = :id and (last_used_at is null or last_used_at < :now - interval '1 minute'))
                        insert into request_nonce (key_id, nonce, seen_at) values (:id, :nonce, :now)
                        on conflict do nothing
                        """)
                .bind("id", id)
                .bind("nonce", nonce)
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private StoredKey storedKey(Readable row) {
        ApiKey key = key(row);
        byte[] secret = Objects.requireNonNull(row.get("secret", byte[].class));
        return new StoredKey(
                key,
                KeySecret.ofHex(cipher.decrypt(secret, place(key.id()))),
                Objects.requireNonNull(row.get("client_id", String.class)));
    }

    private static FieldPlace place(UUID id) {
        return new FieldPlace("api_key", "secret", id.toString());
    }

    private static ApiKey key(Readable row) {
        return new ApiKey(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("partner_id", UUID.class)),
                Objects.requireNonNull(row.get("label", String.class)),
                words(row, "scopes").map(word -> Scope.of(word).orElseThrow()).collect(Collectors.toUnmodifiableSet()),
                words(row, "ip_allowlist").map(AddressRange::of).toList(),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class),
                row.get("last_used_at", Instant.class),
                row.get("rotated_to", UUID.class));
    }

    private static Stream<String> words(Readable row, String column) {
        return Stream.of(Objects.requireNonNull(row.get(column, String[].class)));
    }
}
