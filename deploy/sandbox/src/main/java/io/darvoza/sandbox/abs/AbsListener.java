package io.darvoza.sandbox.abs;

import org.springframework.kafka.annotation.KafkaListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hears of documents. */
final class AbsListener {

    private final PlayedAbs abs;
    private final JsonMapper json;

    AbsListener(PlayedAbs abs, JsonMapper json) {
        this.abs = abs;
        this.json = json;
    }

    @KafkaListener(id = "abs", groupId = "sandbox-abs", topics = "abs.document.submitted.v1")
    void on(String submitted) {
        JsonNode document = json.readTree(submitted);
        abs.hear(document.get("document_id").asLong(), document.get("version").asInt());
    }
}
