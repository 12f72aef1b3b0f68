package io.darvoza.common.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares generated contracts with the committed ones in {@code docs/contracts}. With {@code -Dcontracts.update=true} it
 * writes them; the diff of the commit then shows what changes for callers.
 */
public final class Contracts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Contracts() {}

    /** Checks {@code docs/contracts/openapi/<service>.json} against the document that the service serves. */
    public static void openApi(String service, byte[] document) {
        check("openapi/" + service + ".json", JSON.writeValueAsString(JSON.readTree(document)) + "\n");
    }

    /** Checks {@code docs/contracts/events/<event type>.schema.json} against the event's record. */
    public static void event(String eventType, Class<? extends Record> payload) {
        check(
                "events/" + eventType + ".schema.json",
                JSON.writeValueAsString(EventSchema.of(eventType, payload)) + "\n");
    }

    private static void check(String name, String generated) {
        Path committed = root().resolve("docs/contracts").resolve(name);
        if (Boolean.getBoolean("contracts.update")) {
            write(committed, generated);
        }
        assertThat(committed)
                .as("docs/contracts/%s; -Dcontracts.update=true writes it anew", name)
                .exists()
                .hasContent(generated);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/problems"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
