package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.ProblemException;
import org.springframework.core.codec.DecodingException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a JSON part of an upload. Unknown and repeated members are refused by the suite's JSON settings. */
final class PartJson {

    private PartJson() {}

    /** Raises the problem of the record that refuses, or that of a body that cannot be read. */
    static <T> T read(JsonMapper json, String part, String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JacksonException unreadable) {
            if (unreadable.getCause() instanceof ProblemException invalid) {
                throw invalid;
            }
            throw new DecodingException("part " + part, unreadable);
        }
    }
}
