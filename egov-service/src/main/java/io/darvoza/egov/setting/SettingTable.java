package io.darvoza.egov.setting;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.SqlValue;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Versions of settings. Secrets are bound to their name and version, so a row that was copied elsewhere cannot be read. */
@Component
class SettingTable {

    private static final Logger log = LoggerFactory.getLogger(SettingTable.class);
    private static final String TABLE = "setting_version";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Clock clock;

    SettingTable(DatabaseClient database, FieldCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** A number that grows with every change of any setting. */
    Mono<Long> generation() {
        return database.sql("select generation from setting_generation")
                .mapValue(Long.class)
                .one();
    }

    /** The versions in use, of each setting the newest first. */
    Flux<StoredSetting> inUse() {
        return database.sql("select * from setting_version where state <> 'revoked' order by name, version desc")
                .map(this::stored)
                .all();
    }

    /** The newest version of a setting, revoked or not, locked together with all other changes of settings; 0 for none. */
    Mono<Integer> lockedVersion(SettingName name) {
        return database.sql("update setting_generation set generation = generation + 1")
                .fetch()
                .rowsUpdated()
                .then(database.sql("select coalesce(max(version), 0) from setting_version where name = :name")
                        .bind("name", name.name())
                        .mapValue(Integer.class)
                        .one());
    }

    /** Takes a setting's versions out of use; tells how many. */
    Mono<Long> revoke(SettingName name, String actor) {
        return revoke(name, actor, "state <> 'revoked'");
    }

    /** Makes room for a new version: the active one stays in use as the previous one, and the one before it ends. */
    Mono<Void> demote(SettingName name, String actor) {
        return revoke(name, actor, "state = 'previous'")
                .then(database.sql(
                                "update setting_version set state = 'previous' where name = :name and state = 'active'")
                        .bind("name", name.name())
                        .then());
    }

    /** Takes the previous version out of use; tells how many there were. */
    Mono<Long> revokePrevious(SettingName name, String actor) {
        return revoke(name, actor, "state = 'previous'");
    }

    private Mono<Long> revoke(SettingName name, String actor, String which) {
        return database.sql("""
                        update setting_version set state = 'revoked', revoked_at = :now, revoked_by = :actor
                        where name = :name and %s
                        """.formatted(which))
                .bind("name", name.name())
                .bind("now", clock.instant())
                .bind("actor", actor)
                .fetch()
                .rowsUpdated();
    }

    Mono<Void> add(SettingName name, int version, String value, String actor) {
        byte[] secret = name.isSecret() ? cipher.encrypt(value, place(name, version)) : null;
        return database.sql("""
                        insert into setting_version (name, version, value, secret, state, created_at, created_by)
                        values (:name, :version, :value, :secret, 'active', :now, :actor)
                        """)
                .bind("name", name.name())
                .bind("version", version)
                .bind("value", SqlValue.of(String.class, name.isSecret() ? null : value))
                .bind("secret", SqlValue.of(byte[].class, secret))
                .bind("now", clock.instant())
                .bind("actor", actor)
                .then();
    }

    private StoredSetting stored(Readable row) {
        SettingName name = SettingName.valueOf(text(row, "name"));
        int version = Objects.requireNonNull(row.get("version", Integer.class));
        byte[] secret = row.get("secret", byte[].class);
        return new StoredSetting(
                name,
                version,
                secret == null ? row.get("value", String.class) : decrypted(name, version, secret),
                StoredSetting.State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                text(row, "created_by"));
    }

    private @Nullable String decrypted(SettingName name, int version, byte[] secret) {
        try {
            return cipher.decrypt(secret, place(name, version));
        } catch (IllegalStateException unreadable) {
            log.error("{} version {} cannot be decrypted", name, version);
            return null;
        }
    }

    private static FieldPlace place(SettingName name, int version) {
        return new FieldPlace(TABLE, "secret", name.name() + "/" + version);
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}
