package io.darvoza.common.test.configuration;

import io.darvoza.common.test.committed.CommittedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code docs/configuration/<module>.md} from the metadata that the compiler made of the module's
 * {@code @ConfigurationProperties} records, and fails when the committed page differs. With
 * {@code -Ddocs.update=true} it writes the page instead.
 */
public final class PropertyReference {

    private PropertyReference() {}

    /** Compares, or updates, the page of the module whose tests run. */
    public static void check(String module) {
        CommittedFile.check("docs/configuration/" + module + ".md", render(module));
    }

    private static String render(String module) {
        Path metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        String rows = Files.exists(metadata)
                ? JsonMapper.builder()
                        .build()
                        .readTree(metadata)
                        .get("properties")
                        .valueStream()
                        .filter(property -> property.get("name").asString().startsWith("darvoza."))
                        .sorted(Comparator.comparing(
                                property -> property.get("name").asString()))
                        .map(PropertyReference::row)
                        .collect(Collectors.joining())
                : "";
        String head = "# Properties of " + module + "\n\n"
                + "Generated from the code; `./suite test` fails when it is out of date. As variables of the environment:\n"
                + "upper case, dots become underscores, hyphens go (`darvoza.database.host` → `DARVOZA_DATABASE_HOST`).\n\n";
        return rows.isEmpty()
                ? head + "This module has no properties of its own.\n"
                : head + "| property | type | default | meaning |\n|---|---|---|---|\n" + rows;
    }

    private static String row(JsonNode property) {
        String type = property.path("type").asString("").replaceAll("[a-z]+\\.(?=[a-zA-Z.]*[A-Z])", "");
        JsonNode value = property.path("defaultValue");
        String fallback =
                value.isMissingNode() ? "" : "`" + (value.isArray() ? value.toString() : value.asString()) + "`";
        String meaning = property.path("description")
                .asString("")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replace("\n", " ")
                .replace("|", "\\|");
        return "| `%s` | %s | %s | %s |\n"
                .formatted(property.get("name").asString(), type.replace("|", "\\|"), fallback, meaning);
    }
}
