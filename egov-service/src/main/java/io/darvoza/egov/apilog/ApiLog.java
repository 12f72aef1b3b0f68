package io.darvoza.egov.apilog;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.common.database.GroupCommit;
import io.darvoza.common.database.Insert;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.egov.number.DocumentNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes every call into table {@code api_call} and one line of the integration's own log file. */
@Component
public final class ApiLog {

    /** What goes to {@code logs/egov_integration.log}. */
    static final Logger LINES = LoggerFactory.getLogger("egov.integration");

    private static final int LONGEST_AGENT = 300;
    private static final int LONGEST_ADDRESS = 64;

    private static final Insert<Kept> ROWS = Insert.<Kept>into("api_call")
            .uuid("id", Kept::id)
            .time("at", Kept::at)
            .text("direction", of -> of.call().direction().word())
            .text("method", of -> of.call().method())
            .text("endpoint", of -> of.call().endpoint())
            .text("document_type", Kept::documentType)
            .text("number_masked", Kept::masked)
            .bytes("number_index", Kept::numberIndex)
            .integer("status", of -> of.call().status())
            .integer("millis", Kept::millis)
            .bigint("bytes", of -> of.call().bytes())
            .uuid("verification_id", of -> of.call().verificationId())
            .text("key_id", of -> of.call().keyId())
            .text("trace_id", of -> of.call().traceId())
            .text("principal", of -> of.call().principal())
            .text("client_address", of -> cut(of.call().clientAddress(), LONGEST_ADDRESS))
            .text("user_agent", of -> cut(of.call().userAgent(), LONGEST_AGENT))
            .text("error", of -> of.call().error());

    private final GroupCommit group;
    private final BlindIndex index;
    private final TimeOrderedIds ids;
    private final Clock clock;

    ApiLog(GroupCommit group, BlindIndex index, TimeOrderedIds ids, Clock clock) {
        this.group = group;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
    }

    private record Kept(UUID id, Instant at, ApiCall call, byte @Nullable [] numberIndex) {

        @Nullable
        String documentType() {
            DocumentNumber number = call.number();
            return number == null ? null : number.type().word();
        }

        @Nullable
        String masked() {
            DocumentNumber number = call.number();
            return number == null ? null : number.toString();
        }

        int millis() {
            return (int) Math.min(call.took().toMillis(), Integer.MAX_VALUE);
        }
    }

    /** By what rows of one number are found, here and among the verifications. */
    public byte[] indexOf(DocumentNumber number) {
        return index.of("verification", "number", number.type().word() + ":" + number.reveal());
    }

    /** Keeps a call. Ends when it is kept; fails when it cannot be. */
    public Mono<Void> write(ApiCall call) {
        return Mono.defer(() -> group.write(List.of(row(call))));
    }

    /** The row of a call, for who writes it with its own ones. The line of the file is written now. */
    Insert.Row row(ApiCall call) {
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
        return ROWS.row(new Kept(ids.next(), clock.instant(), call, number == null ? null : indexOf(number)));
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
