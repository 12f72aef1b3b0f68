package io.darvoza.egov.bulk;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.egov.EgovProblem;
import io.darvoza.egov.number.Bin;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.number.PassportNumber;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads the numbers of a job: a JSON array of texts, or text of one column. Stops at the first number too many. */
final class Numbers {

    static final MediaType CSV = MediaType.parseMediaType("text/csv");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SHOWN = 20;

    private Numbers() {}

    /**
     * The texts in the order of the body. Raises {@link CommonProblem#MALFORMED_REQUEST}, {@link CommonProblem#VALIDATION_FAILED}
     * for none and {@link EgovProblem#TOO_MANY_ITEMS}.
     */
    static List<String> read(byte[] body, MediaType type, int most) {
        List<String> texts = CSV.isCompatibleWith(type) ? column(body, most) : array(body, most);
        if (texts.isEmpty()) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("", "at least one number");
        }
        return texts;
    }

    /** The number in a text; empty for a text that is none. */
    static Optional<? extends DocumentNumber> parse(DocumentType type, String text) {
        return switch (type) {
            case IIN -> Iin.parse(text);
            case PASSPORT -> PassportNumber.parse(text);
            case BIN -> Bin.parse(text);
        };
    }

    /** How a text that is no number is shown: it may be somebody's all the same. */
    static String masked(String text) {
        return "•".repeat(Math.min(text.length(), SHOWN));
    }

    private static List<String> array(byte[] body, int most) {
        try (JsonParser parser = JSON.createParser(body)) {
            List<String> texts = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw CommonProblem.MALFORMED_REQUEST.exception().error("", "an array of texts");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw CommonProblem.MALFORMED_REQUEST.exception().error("/" + texts.size(), "is not a text");
                }
                add(texts, parser.getString(), most);
            }
            if (parser.nextToken() != null) {
                throw CommonProblem.MALFORMED_REQUEST.exception().error("", "more than an array");
            }
            return texts;
        } catch (JacksonException unreadable) {
            throw CommonProblem.MALFORMED_REQUEST.exception().error("", "cannot be read");
        }
    }

    /** A first line that names the column is not a number. */
    private static List<String> column(byte[] body, int most) {
        List<String> texts = new ArrayList<>();
        String[] lines = utf8(body).split("\\R");
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            String value = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"")
                    ? line.substring(1, line.length() - 1)
                    : line;
            boolean isHeader = i == 0 && value.matches("[a-zA-Z_]+");
            if (!value.isEmpty() && !isHeader) {
                add(texts, value, most);
            }
        }
        return texts;
    }

    private static String utf8(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException unreadable) {
            throw CommonProblem.MALFORMED_REQUEST.exception().error("", "is not UTF-8");
        }
    }

    private static void add(List<String> texts, String text, int most) {
        if (texts.size() == most) {
            throw EgovProblem.TOO_MANY_ITEMS.exception(most);
        }
        texts.add(text);
    }
}
