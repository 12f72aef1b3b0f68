package io.darvoza.egov.apilog;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.egov.number.DocumentNumber;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes every call into table {@code api_call} and one line of the integration's own log file. */
@Component
public final class ApiLog {

    /** What goes to {@code logs/egov_integration.log}. */
    static final Logger LINES = LoggerFactory.getLogger("egov.integration");

    private static final int LONGEST_AGENT = 300;
    private static final int LONGEST_ADDRESS = 64;

    private final DatabaseClient database;
    private final BlindIndex index;
    private final TimeOrderedIds ids;
    private final Clock clock;

    ApiLog(DatabaseClient database, BlindIndex index, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
    }

    /** By what rows of one number are found, here and among the verifications. */
    public byte[] indexOf(DocumentNumber number) {
        return index.of("verification", "number", number.type().word() + ":" + number.reveal());
    }

    /** Keeps a call. Ends when it is kept; fails when it cannot be. */
    public Mono<Void> write(ApiCall call) {
        return Mono.defer(() -> {
            DocumentNumber number = call.number();
            LINES.atLevel(call.error() == null ? Level.INFO : Level.WARN)
                    .log(
                            "{} {} {} {} status={} ms={} verification={} key={} error={}",
                            call.direction(),
                            call.method(),
                            call.endpoint(),
                            number == null ? "-" : number,
                            call.status(),
                            call.took().toMillis(),
                            call.verificationId(),
                            call.keyId(),
                            call.error());
            return database.sql("""
                            insert into api_call (id, at, direction, method, endpoint, document_type, number_masked, number_index,
                                status, millis, bytes, verification_id, key_id, trace_id, principal, client_address,
                                user_agent, error)
                            values (:id, :at, :direction, :method, :endpoint, :type, :masked, :index, :status, :millis, :bytes,
                                :verification, :key, :trace, :principal, :address, :agent, :error)
                            """)
                    .bind("id", ids.next())
                    .bind("at", clock.instant())
                    .bind("direction", call.direction().word())
                    .bind("method", call.method())
                    .bind("endpoint", call.endpoint())
                    .bind("type", text(number == null ? null : number.type().word()))
                    .bind("masked", text(number == null ? null : number.toString()))
                    .bind("index", SqlValue.of(byte[].class, number == null ? null : indexOf(number)))
                    .bind("status", SqlValue.of(Integer.class, call.status()))
                    .bind("millis", (int) Math.min(call.took().toMillis(), Integer.MAX_VALUE))
                    .bind("bytes", SqlValue.of(Long.class, call.bytes()))
                    .bind("verification", SqlValue.of(UUID.class, call.verificationId()))
                    .bind("key", text(call.keyId()))
                    .bind("trace", text(call.traceId()))
                    .bind("principal", text(call.principal()))
                    .bind("address", text(cut(call.clientAddress(), LONGEST_ADDRESS)))
                    .bind("agent", text(cut(call.userAgent(), LONGEST_AGENT)))
                    .bind("error", text(call.error()))
                    .then();
        });
    }

    private static Object text(@Nullable String value) {
        return SqlValue.of(String.class, value);
    }

    /** What callers write about themselves, short and on one line. */
    private static @Nullable String cut(@Nullable String value, int longest) {
        if (value == null) {
            return null;
        }
        String printable = value.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= longest ? printable : printable.substring(0, longest);
    }
}
