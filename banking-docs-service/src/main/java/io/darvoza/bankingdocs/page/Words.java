package io.darvoza.bankingdocs.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the pages write what the operations tell, for templates. */
public final class Words {

    private final DateTimeFormatter dates;

    Words(Locale language) {
        dates = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(language);
    }

    /** A moment of the contract. */
    public Instant instant(String text) {
        return Instant.parse(text);
    }

    /** A day of the contract; a dash for none. */
    public String date(@Nullable String text) {
        return text == null ? "—" : dates.format(LocalDate.parse(text));
    }

    /** How a status is shown. */
    public State state(String status) {
        return State.of(status);
    }

    /** A number of bytes of the contract. */
    public long bytes(Number size) {
        return size.longValue();
    }
}
