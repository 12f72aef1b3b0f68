package io.darvoza.common.event;

import io.darvoza.common.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.core.NestedExceptionUtils;

/** What giving up adds to a record's headers, and a replay takes off again. */
public final class DeadLetterHeaders {

    /** All of Spring's headers of a dead letter, and ours. */
    private static final String PREFIX = "kafka_dlt-";

    /** Names why a record was given up, without the message of the fault. */
    public static final String CAUSE = PREFIX + "cause";

    private DeadLetterHeaders() {}

    /** Why a record was given up, without the fault's message: the problem's code, or the name of the innermost fault's class. */
    static Headers of(Exception fault) {
        byte[] cause = causeOf(fault).getBytes(StandardCharsets.UTF_8);
        return new RecordHeaders(new Header[] {new RecordHeader(CAUSE, cause)});
    }

    private static String causeOf(Exception fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem.type().code();
            }
        }
        return NestedExceptionUtils.getMostSpecificCause(fault).getClass().getSimpleName();
    }

    /** The headers that the record had before it was given up. */
    public static Headers without(Headers headers) {
        var original = new RecordHeaders();
        for (Header header : headers) {
            if (!header.key().startsWith(PREFIX)) {
                original.add(header);
            }
        }
        return original;
    }
}
