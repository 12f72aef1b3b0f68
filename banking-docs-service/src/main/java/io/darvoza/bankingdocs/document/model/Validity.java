package io.darvoza.bankingdocs.document.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** When the paper itself is valid: from a day to a day, both inclusive, either open. */
public record Validity(@Nullable LocalDate from, @Nullable LocalDate until) {

    public Validity {
        if (from != null && until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("a document does not end before it begins");
        }
    }
}
