package io.darvoza.sandbox.abs;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Sends answers in the way in which the АБС sends them: CloudEvents in binary mode on {@code abs.document.status.v1}. */
final class AbsAnswers {

    private static final String TOPIC = "abs.document.status.v1";
    private static final long NOBODYS_DOCUMENT = Long.MAX_VALUE;

    private final Consumer<ProducerRecord<String, String>> broker;
    private final JsonMapper json;
    private final Clock clock = Clock.systemUTC();

    AbsAnswers(Consumer<ProducerRecord<String, String>> broker, JsonMapper json) {
        this.broker = broker;
        this.json = json;
    }

    /** Sends what the manner says about a document; tells how many answers got a number. */
    int send(HeardDocument document, Manner manner) {
        long next = document.answers() + 1;
        return switch (manner.kind()) {
            case SILENT -> 0;
            case ANSWERING -> {
                send(record(document, next, body(document, manner.answer(), manner)));
                yield 1;
            }
            case TWICE -> {
                ProducerRecord<String, String> answer = record(document, next, body(document, manner.answer(), manner));
                send(answer);
                send(answer);
                yield 1;
            }
            case OUT_OF_ORDER -> {
                send(record(document, next + 1, body(document, "processed", manner)));
                send(record(document, next, body(document, "approved", manner)));
                yield 2;
            }
            case NONSENSE -> {
                HeardDocument nobodys = new HeardDocument(NOBODYS_DOCUMENT, 1, 0);
                send(record(document, next, body(document, "eaten", manner)));
                send(record(document, next + 1, "{not json"));
                send(record(nobodys, next, body(nobodys, "approved", manner)));
                yield 2;
            }
        };
    }

    private void send(ProducerRecord<String, String> answer) {
        broker.accept(answer);
    }

    private String body(HeardDocument document, String status, Manner manner) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("document_id", document.documentId());
        body.put("version", document.version());
        body.put("status", status);
        if (manner.reason() != null) {
            body.put("reason", manner.reason());
        }
        return json.writeValueAsString(body);
    }

    private ProducerRecord<String, String> record(HeardDocument document, long number, String body) {
        String id = Long.toString(document.documentId());
        ProducerRecord<String, String> answer = new ProducerRecord<>(TOPIC, id, body);
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_type",
                        TOPIC,
                        "ce_source",
                        "/abs",
                        "ce_time",
                        clock.instant().toString(),
                        "ce_subject",
                        id,
                        "ce_aggregateversion",
                        Long.toString(number),
                        "ce_ownerkind",
                        "client",
                        "ce_owner",
                        "abs",
                        "content-type",
                        "application/json")
                .forEach((name, value) -> answer.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return answer;
    }
}
