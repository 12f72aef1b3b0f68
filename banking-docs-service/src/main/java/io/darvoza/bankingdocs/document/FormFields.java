package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.upload.ReceivedUpload;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text parts of an upload, of which all are known. */
record FormFields(Map<String, String> values) {

    /** Raises {@link BankingDocsProblem#MALFORMED_UPLOAD} for a part that is none of these. */
    static FormFields only(ReceivedUpload upload, String... known) {
        if (!Set.of(known).containsAll(upload.fields().keySet())) {
            throw BankingDocsProblem.MALFORMED_UPLOAD.exception().with("reason", "part_unknown");
        }
        return new FormFields(upload.fields());
    }

    /** Raises {@link BankingDocsProblem#MALFORMED_UPLOAD} when the part is missing. */
    String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw BankingDocsProblem.MALFORMED_UPLOAD.exception().with("reason", name + "_missing");
        }
        return value;
    }

    /** The value, or null when the part is missing or blank, as an empty field of a page is. */
    @Nullable
    String optional(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
