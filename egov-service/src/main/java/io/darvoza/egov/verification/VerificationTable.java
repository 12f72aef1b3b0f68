package io.darvoza.egov.verification;

import static java.util.Map.entry;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Facts;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Verifications, one row for every request. Facts are encrypted and bound to their row. */
@Component
class VerificationTable {

    private static final String TABLE = "verification";
    private static final String INSERT = """
            insert into verification (id, document_type, number_masked, number_index, status, reason, assurance, provider, source,
                facts, from_cache, stale, attempts, principal, channel, trace_id, created_at, checked_at)
            values (:id, :type, :masked, :index, :status, :reason, :assurance, :provider, :source,
                :facts, :cached, :stale, :attempts, :principal, :channel, :trace, :created, :checked)
            """;
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    VerificationTable(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    /** A row to be written. */
    Write row(Verification verification, byte[] numberIndex) {
        Verdict verdict = verification.verdict();
        return new Write(
                INSERT,
                Map.ofEntries(
                        entry("id", verification.id()),
                        entry("type", verification.type().word()),
                        entry("masked", verification.numberMasked()),
                        entry("index", numberIndex),
                        entry("status", verdict.status().word()),
                        entry(
                                "reason",
                                text(
                                        verdict.reason() == null
                                                ? null
                                                : verdict.reason().name())),
                        entry("assurance", verdict.assurance().name()),
                        entry("provider", verdict.provider()),
                        entry("source", text(verdict.source())),
                        entry("facts", SqlValue.of(byte[].class, encrypted(verification.id(), verdict.facts()))),
                        entry("cached", verification.fromCache()),
                        entry("stale", verification.stale()),
                        entry("attempts", verdict.attempts()),
                        entry("principal", verification.asker().principal()),
                        entry("channel", verification.asker().channel().word()),
                        entry("trace", text(verification.asker().traceId())),
                        entry("created", verification.createdAt()),
                        entry("checked", verdict.checkedAt())),
                _ -> Mono.empty());
    }

    Mono<Verification> find(UUID id) {
        return database.sql("select * from verification where id = :id")
                .bind("id", id)
                .map(this::verification)
                .one();
    }

    /** A principal's verifications, the newest first, from before this id on. */
    Mono<List<Verification>> of(
            String principal, @Nullable UUID before, @Nullable String type, @Nullable String status, int rows) {
        return database.sql("""
                        select * from verification
                        where principal = :principal and (cast(:before as uuid) is null or id < :before)
                          and (cast(:type as text) is null or document_type = :type)
                          and (cast(:status as text) is null or status = :status)
                        order by id desc limit :rows
                        """)
                .bind("principal", principal)
                .bind("before", SqlValue.of(UUID.class, before))
                .bind("type", text(type))
                .bind("status", text(status))
                .bind("rows", rows)
                .map(this::verification)
                .all()
                .collectList();
    }

    private byte @Nullable [] encrypted(UUID id, Facts facts) {
        return facts.isEmpty() ? null : cipher.encrypt(json.writeValueAsString(facts.byName()), place(id));
    }

    private Verification verification(Readable row) {
        UUID id = value(row, "id", UUID.class);
        String reason = row.get("reason", String.class);
        var verdict = new Verdict(
                VerificationStatus.ofWord(value(row, "status", String.class)),
                reason == null ? null : Reason.valueOf(reason),
                Assurance.valueOf(value(row, "assurance", String.class)),
                value(row, "provider", String.class),
                row.get("source", String.class),
                decrypted(id, row.get("facts", byte[].class)),
                value(row, "attempts", Integer.class),
                value(row, "checked_at", Instant.class),
                null);
        return new Verification(
                id,
                DocumentType.ofWord(value(row, "document_type", String.class)),
                value(row, "number_masked", String.class),
                verdict,
                value(row, "from_cache", Boolean.class),
                value(row, "stale", Boolean.class),
                new Asker(
                        value(row, "principal", String.class),
                        Channel.valueOf(value(row, "channel", String.class).toUpperCase(Locale.ROOT)),
                        row.get("trace_id", String.class)),
                value(row, "created_at", Instant.class));
    }

    private Facts decrypted(UUID id, byte @Nullable [] facts) {
        return facts == null ? Facts.NONE : new Facts(json.readValue(cipher.decrypt(facts, place(id)), FACTS));
    }

    private static FieldPlace place(UUID id) {
        return new FieldPlace(TABLE, "facts", id.toString());
    }

    private static Object text(@Nullable String value) {
        return SqlValue.of(String.class, value);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
