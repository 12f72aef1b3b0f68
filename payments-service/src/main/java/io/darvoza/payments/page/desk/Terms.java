package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an object has, under the names that {@link Form} reads. */
final class Terms {

    private static final List<String> TEXTS =
            List.of("name", "status", "bank", "holder", "holder_kind", "legal_basis", "zone");
    private static final List<String> AMOUNTS = List.of("min", "max", "second_approval");
    private static final List<String> NUMBERS = List.of("ttl_seconds", "cooldown_seconds", "priority");

    private Terms() {}

    static Facts fields(Facts object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        copy(object, fields, "", TEXTS, "");
        copy(object, fields, "", AMOUNTS, ":amount");
        copy(object, fields, "", NUMBERS, ":number");
        for (String direction : List.of("in", "out")) {
            Facts caps = object.object(direction).object("caps");
            copy(caps, fields, direction + "/", List.of("hour", "day", "month"), ":amount");
            copy(caps, fields, direction + "/", List.of("day_count", "max_open"), ":number");
        }
        for (String kind : List.of("deposit", "withdrawal")) {
            Facts commission = object.object(kind);
            copy(commission, fields, kind + "/", List.of("bps"), ":number");
            copy(commission, fields, kind + "/", List.of("min", "max"), ":amount");
        }
        String until = object.text("valid_until");
        if (until != null) {
            fields.put("expiry", until.substring(5, 7) + "/" + until.substring(2, 4));
        }
        fields.put("schedule", schedule(object.list("schedule")));
        return Facts.of(fields);
    }

    private static void copy(
            Facts object, Map<String, Object> fields, String before, List<String> names, String behind) {
        for (String name : names) {
            @Nullable Object value = object.get(name);
            if (value != null) {
                fields.put(before + name + behind, value);
            }
        }
    }

    private static String schedule(List<Facts> windows) {
        return windows.stream()
                .map(window -> "%s %s-%s".formatted(window.get("day"), window.get("from"), window.get("until")))
                .collect(Collectors.joining("\n"));
    }
}
