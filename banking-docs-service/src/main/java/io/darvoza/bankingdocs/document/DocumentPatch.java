package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.Validity;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody wants to change of a document, as a JSON Merge Patch (RFC 7396): absent members stay, null takes a date
 * away. Nothing else can be patched.
 *
 * @param members as they were sent, in that order
 */
record DocumentPatch(Map<String, JsonNode> members) {

    private static final String DESCRIPTION = "description";
    private static final String CATEGORY = "category";
    private static final String CALLCOPY = "callcopy_id";
    private static final String FROM = "actual_date";
    private static final String UNTIL = "actual_end_date";
    private static final Set<String> KNOWN = Set.of(DESCRIPTION, CATEGORY, CALLCOPY, FROM, UNTIL);

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with all members that break rules. */
    static DocumentPatch of(JsonNode json) {
        if (!json.isObject() || json.isEmpty()) {
            throw invalid(
                    "",
                    "an object with at least one of " + KNOWN.stream().sorted().toList());
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        json.propertyStream().forEach(member -> members.put(member.getKey(), member.getValue()));
        DocumentPatch patch = new DocumentPatch(members);
        patch.check();
        return patch;
    }

    private void check() {
        ProblemException invalid = CommonProblem.VALIDATION_FAILED.exception();
        boolean valid = true;
        for (var member : members.entrySet()) {
            String wrong = wrong(member.getKey(), member.getValue());
            if (wrong != null) {
                invalid.error("/" + member.getKey(), wrong);
                valid = false;
            }
        }
        if (!valid) {
            throw invalid;
        }
    }

    private static @Nullable String wrong(String name, JsonNode value) {
        return switch (name) {
            case DESCRIPTION -> isDescription(value) ? null : "1..500, no control characters";
            case CATEGORY -> value.isString() ? null : "name of a category";
            case CALLCOPY -> value.isInt() ? null : "number of a category";
            case FROM, UNTIL -> value.isNull() || isDate(value) ? null : "a date such as 2026-12-31, or null";
            default -> "cannot be changed";
        };
    }

    private static boolean isDescription(JsonNode value) {
        String text = value.isString() ? value.asString().strip() : "";
        return !text.isEmpty()
                && text.length() <= Document.MAX_DESCRIPTION_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isDate(JsonNode value) {
        try {
            return value.isString() && LocalDate.parse(value.asString()).getYear() > 0;
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    boolean describes() {
        return members.containsKey(DESCRIPTION);
    }

    boolean classifies() {
        return members.keySet().stream().anyMatch(name -> !name.equals(DESCRIPTION));
    }

    String description(Document before) {
        JsonNode words = members.get(DESCRIPTION);
        return words == null ? before.description() : words.asString().strip();
    }

    @Nullable
    String category() {
        JsonNode name = members.get(CATEGORY);
        return name == null ? null : name.asString();
    }

    @Nullable
    Integer callcopyId() {
        JsonNode id = members.get(CALLCOPY);
        return id == null ? null : Integer.valueOf(id.asInt());
    }

    /** Raises {@link CommonProblem#VALIDATION_FAILED} when the end would come before the beginning. */
    Validity validity(Document before) {
        LocalDate from = date(FROM, before.validity().from());
        LocalDate until = date(UNTIL, before.validity().until());
        if (from != null && until != null && until.isBefore(from)) {
            throw invalid("/" + UNTIL, "actual_end_date >= actual_date");
        }
        return new Validity(from, until);
    }

    private @Nullable LocalDate date(String name, @Nullable LocalDate before) {
        JsonNode date = members.get(name);
        if (date == null) {
            return before;
        }
        return date.isNull() ? null : LocalDate.parse(date.asString());
    }

    List<String> names() {
        return List.copyOf(members.keySet());
    }

    private static ProblemException invalid(String pointer, String detail) {
        return CommonProblem.VALIDATION_FAILED.exception().error(pointer, detail);
    }

    /** Without what people wrote. */
    @Override
    public String toString() {
        return "DocumentPatch" + members.keySet();
    }
}
