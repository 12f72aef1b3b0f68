package io.darvoza.egov.opendata;

import io.darvoza.egov.provider.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers of data.egov.kz, api v4. Rows come as a bare array; the forms {@code {"hits":{"hits":[{"_source":…}]}}} and
 * {@code {"data":[…]}} were seen, too. Everything else is a failure, whatever the status says: the portal answers pages of HTML with 200.
 */
final class AnswerReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ABOUT_KEY =
            Pattern.compile("key|ключ|кілт|token|access|доступ|auth", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_ROWS = 10;
    private static final int MOST_FIELDS = 100;

    private AnswerReader() {}

    /** @param retryAfter the header's value, if there was one */
    static Answer read(int status, @Nullable String retryAfter, byte[] body) {
        return switch (status) {
            case 200 -> readBody(body);
            case 400 -> Answer.Failure.of(Reason.UPSTREAM_REFUSED);
            case 401, 403 -> Answer.Failure.of(Reason.UPSTREAM_AUTH);
            case 404 -> Answer.Failure.of(Reason.CONFIG_ERROR);
            case 408, 504 -> Answer.Failure.ofIllUpstream(Reason.UPSTREAM_TIMEOUT, true);
            case 429 -> new Answer.Failure(Reason.UPSTREAM_RATE, true, false, seconds(retryAfter));
            default ->
                status >= 500
                        ? Answer.Failure.ofIllUpstream(Reason.UPSTREAM_ERROR, true)
                        : Answer.Failure.ofIllUpstream(Reason.UPSTREAM_FORMAT, false);
        };
    }

    private static Answer readBody(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException noJson) {
            return Answer.Failure.ofIllUpstream(Reason.UPSTREAM_FORMAT, false);
        }
        JsonNode rows = rowsOf(json);
        if (rows == null) {
            boolean aboutKey =
                    json.isObject() && ABOUT_KEY.matcher(json.toString()).find();
            return Answer.Failure.ofIllUpstream(aboutKey ? Reason.UPSTREAM_AUTH : Reason.UPSTREAM_FORMAT, false);
        }
        List<Map<String, String>> read = new ArrayList<>();
        for (JsonNode row : rows) {
            JsonNode fields = row.has("_source") ? row.get("_source") : row;
            if (!fields.isObject()) {
                return Answer.Failure.ofIllUpstream(Reason.UPSTREAM_FORMAT, false);
            }
            if (read.size() < MOST_ROWS) {
                read.add(texts(fields));
            }
        }
        return new Answer.Rows(List.copyOf(read));
    }

    private static @Nullable JsonNode rowsOf(JsonNode json) {
        for (JsonNode candidate : List.of(json, json.at("/hits/hits"), json.at("/data"))) {
            if (candidate.isArray()) {
                return candidate;
            }
        }
        return null;
    }

    /** Scalars only, without characters that would change how a page or a log reads. */
    private static Map<String, String> texts(JsonNode row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.properties().stream()
                .filter(field ->
                        field.getValue().isValueNode() && !field.getValue().isNull())
                .limit(MOST_FIELDS)
                .forEach(field -> texts.put(
                        field.getKey().toLowerCase(Locale.ROOT),
                        clean(field.getValue().asString())));
        return texts;
    }

    private static String clean(String value) {
        String printable = UNPRINTABLE.matcher(value).replaceAll("").strip();
        return printable.length() <= LONGEST_VALUE ? printable : printable.substring(0, LONGEST_VALUE);
    }

    /** Seconds only; a date would need the upstream's clock. */
    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
    }
}
