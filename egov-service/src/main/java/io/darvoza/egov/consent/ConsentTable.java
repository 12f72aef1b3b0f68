package io.darvoza.egov.consent;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.egov.apilog.ApiLog;
import io.darvoza.egov.number.DocumentNumber;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Recorded consents. The number is kept as an HMAC and masked. */
@Component
class ConsentTable {

    private final DatabaseClient database;
    private final ApiLog log;
    private final TimeOrderedIds ids;
    private final Clock clock;

    ConsentTable(DatabaseClient database, ApiLog log, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a person has agreed to. */
    record Wish(
            DocumentNumber number,
            String purpose,
            String scope,
            String channel,
            @Nullable String tokenRef,
            Instant grantedAt,
            Instant expiresAt) {}

    Mono<ConsentResponse> add(Wish wish, String recordedBy) {
        return database.sql("""
                        insert into consent (id, document_type, number_masked, number_index, purpose, scope, channel, token_ref,
                            granted_at, expires_at, recorded_by)
                        values (:id, :type, :masked, :index, :purpose, :scope, :channel, :token, :granted, :expires, :by)
                        returning *
                        """)
                .bind("id", ids.next())
                .bind("type", wish.number().type().word())
                .bind("masked", wish.number().toString())
                .bind("index", log.indexOf(wish.number()))
                .bind("purpose", wish.purpose())
                .bind("scope", wish.scope())
                .bind("channel", wish.channel())
                .bind("token", SqlValue.of(String.class, wish.tokenRef()))
                .bind("granted", wish.grantedAt())
                .bind("expires", wish.expiresAt())
                .bind("by", recordedBy)
                .map(ConsentTable::consent)
                .one();
    }

    /** The newest first, from before this id on. */
    Mono<List<ConsentResponse>> find(@Nullable UUID before, int rows) {
        return database.sql("""
                        select * from consent where (cast(:before as uuid) is null or id < :before) order by id desc limit :rows
                        """)
                .bind("before", SqlValue.of(UUID.class, before))
                .bind("rows", rows)
                .map(ConsentTable::consent)
                .all()
                .collectList();
    }

    /** Empty when there is none, or it was revoked before. */
    Mono<ConsentResponse> revoke(UUID id) {
        return database.sql("update consent set revoked_at = :now where id = :id and revoked_at is null returning *")
                .bind("now", clock.instant())
                .bind("id", id)
                .map(ConsentTable::consent)
                .one();
    }

    private static ConsentResponse consent(Readable row) {
        return new ConsentResponse(
                value(row, "id", UUID.class),
                value(row, "document_type", String.class),
                value(row, "number_masked", String.class),
                value(row, "purpose", String.class),
                value(row, "scope", String.class),
                value(row, "channel", String.class),
                row.get("token_ref", String.class),
                value(row, "granted_at", Instant.class),
                value(row, "expires_at", Instant.class),
                value(row, "recorded_by", String.class),
                row.get("revoked_at", Instant.class));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
