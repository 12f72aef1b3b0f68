package io.darvoza.egov.verification;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.Insert;
import io.darvoza.common.database.SqlValue;
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
import java.util.stream.Stream;
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
    private static final String NEWEST = """
            select * from verification where principal = :principal and id < :before order by id desc limit :rows
            """;
    private static final String NEWEST_OF = """
            select found.*
            from unnest(:statuses) as status_of, unnest(:types) as type_of, lateral (
                select * from verification
                where principal = :principal and status = status_of and document_type = type_of and id < :before
                order by id desc limit :rows) as found
            order by id desc limit :rows
            """;

    private static final String[] TYPES =
            Stream.of(DocumentType.values()).map(DocumentType::word).toArray(String[]::new);
    private static final String[] STATUSES =
            Stream.of(VerificationStatus.values()).map(VerificationStatus::word).toArray(String[]::new);

    /** No id of version 7 comes after it. */
    private static final UUID LAST = new UUID(-1, -1);

    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Insert<Written> rows;

    VerificationTable(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
        this.rows = rows();
    }

    private record Written(Verification verification, byte[] numberIndex) {

        Verdict verdict() {
            return verification.verdict();
        }

        @Nullable
        String reason() {
            Reason reason = verdict().reason();
            return reason == null ? null : reason.name();
        }
    }

    private Insert<Written> rows() {
        return Insert.<Written>into(TABLE)
                .uuid("id", of -> of.verification().id())
                .text("document_type", of -> of.verification().type().word())
                .text("number_masked", of -> of.verification().numberMasked())
                .bytes("number_index", Written::numberIndex)
                .text("status", of -> of.verdict().status().word())
                .text("reason", Written::reason)
                .text("assurance", of -> of.verdict().assurance().name())
                .text("provider", of -> of.verdict().provider())
                .text("source", of -> of.verdict().source())
                .bytes(
                        "facts",
                        of -> encrypted(of.verification().id(), of.verdict().facts()))
                .bool("from_cache", of -> of.verification().fromCache())
                .bool("stale", of -> of.verification().stale())
                .integer("attempts", of -> of.verdict().attempts())
                .text("principal", of -> of.verification().asker().principal())
                .text("channel", of -> of.verification().asker().channel().word())
                .text("trace_id", of -> of.verification().asker().traceId())
                .time("created_at", of -> of.verification().createdAt())
                .time("checked_at", of -> of.verdict().checkedAt());
    }

    /** A row to be written. */
    Insert.Row row(Verification verification, byte[] numberIndex) {
        return rows.row(new Written(verification, numberIndex));
    }

    Mono<Verification> find(UUID id) {
        return database.sql("select * from verification where id = :id")
                .bind("id", id)
                .map(this::verification)
                .one();
    }

    /**
     * A principal's verifications, the newest first, from before this id on. However few are of that type and status, what is read
     * is a page of each type and status that fits, by an index.
     */
    Mono<List<Verification>> of(
            String principal, @Nullable UUID before, @Nullable String type, @Nullable String status, int rows) {
        var statement = type == null && status == null
                ? database.sql(NEWEST)
                : database.sql(NEWEST_OF)
                        .bind("types", type == null ? TYPES : new String[] {type})
                        .bind("statuses", status == null ? STATUSES : new String[] {status});
        return statement
                .bind("principal", principal)
                .bind("before", before == null ? LAST : before)
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
