package io.darvoza.common.desk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/**
 * A form as the JSON that an operation takes: a field is the member of its name, {@code deposit/min} the member {@code min} of
 * {@code deposit}; what was left empty is left out. A field {@code bps:number} is a number, {@code may_owe:yes} a truth, and
 * {@code partners:list} what was chosen of several.
 */
public final class Form {

    private static final int LONGEST_NUMBER = 15;

    private Form() {}

    /** All fields but these, which are the page's own. */
    public static Map<String, Object> json(MultiValueMap<String, String> form, String... without) {
        Map<String, Object> json = new LinkedHashMap<>();
        List<String> skipped = Arrays.asList(without);
        form.forEach((field, values) -> {
            List<String> given =
                    values.stream().filter(value -> !value.isBlank()).toList();
            int colon = field.indexOf(':');
            String name = colon < 0 ? field : field.substring(0, colon);
            String kind = colon < 0 ? "" : field.substring(colon + 1);
            if (!given.isEmpty() && !skipped.contains(name)) {
                put(json, name.split("/", -1), value(kind, given));
            }
        });
        return json;
    }

    private static Object value(String kind, List<String> given) {
        String first = given.getFirst().strip();
        return switch (kind) {
            case "list" -> given;
            case "yes" -> true;
            // What is no number goes on as text, to be refused by name.
            case "number" -> first.matches("-?[0-9]{1," + LONGEST_NUMBER + "}") ? Long.valueOf(first) : first;
            case "amount" -> first.replaceAll("[\\s\u00a0\u202f]", "").replace(',', '.');
            default -> first;
        };
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> json, String[] path, Object value) {
        Map<String, Object> at = json;
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) at.compute(
                    path[i], (_, there) -> there instanceof Map<?, ?> ? there : new LinkedHashMap<String, Object>());
        }
        at.put(path[path.length - 1], value);
    }
}
