package io.darvoza.egov.opendata;

import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Facts;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.darvoza.egov.setting.Dataset;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides from the rows of a data set. A search may find what only resembles the number, so rows are compared with it. */
@Component
class RowVerdict {

    private static final String EXPIRY = "expiry_date";

    private final OpenDataProperties properties;
    private final Clock clock;

    RowVerdict(OpenDataProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    Verdict of(DocumentNumber number, Dataset dataset, List<Map<String, String>> rows, int attempts) {
        String field = dataset.field().toLowerCase(Locale.ROOT);
        Optional<Map<String, String>> row = rows.stream()
                .filter(candidate -> number.reveal().equals(candidate.get(field)))
                .findFirst();
        if (row.isEmpty()) {
            return verdict(VerificationStatus.INVALID, Reason.NOT_FOUND, dataset, Facts.NONE, attempts);
        }
        Facts facts = facts(number.type(), row.get());
        if (isWithdrawn(number.type(), row.get())) {
            return verdict(VerificationStatus.INVALID, Reason.REVOKED_DOC, dataset, Facts.NONE, attempts);
        }
        return isOver(facts)
                ? verdict(VerificationStatus.EXPIRED, Reason.EXPIRED_DOC, dataset, facts, attempts)
                : verdict(VerificationStatus.VERIFIED, null, dataset, facts, attempts);
    }

    Verdict failed(Reason reason, Dataset dataset, int attempts) {
        return verdict(VerificationStatus.FAILED, reason, dataset, Facts.NONE, attempts);
    }

    private Facts facts(DocumentType type, Map<String, String> row) {
        Map<String, String> facts = new TreeMap<>();
        properties.fields().getOrDefault(type, Map.of()).forEach((ours, theirs) -> {
            String value = row.get(theirs.toLowerCase(Locale.ROOT));
            if (value != null && !value.isEmpty()) {
                facts.put(ours, value);
            }
        });
        return new Facts(facts);
    }

    private boolean isWithdrawn(DocumentType type, Map<String, String> row) {
        String field = properties.stateFields().get(type);
        String state = field == null ? null : row.get(field.toLowerCase(Locale.ROOT));
        return state != null && properties.withdrawn().contains(state.toLowerCase(Locale.ROOT));
    }

    /** A document is valid on the day that its row names as the last. */
    private boolean isOver(Facts facts) {
        String expiry = facts.byName().get(EXPIRY);
        if (expiry == null || expiry.length() < 10) {
            return false;
        }
        try {
            return LocalDate.parse(expiry.substring(0, 10))
                    .isBefore(LocalDate.ofInstant(clock.instant(), properties.zone()));
        } catch (DateTimeParseException unreadable) {
            return false;
        }
    }

    private Verdict verdict(
            VerificationStatus status, @Nullable Reason reason, Dataset dataset, Facts facts, int attempts) {
        return new Verdict(
                status,
                reason,
                Assurance.OPEN_DATA,
                OpenDataProvider.NAME,
                dataset.toString(),
                facts,
                attempts,
                clock.instant(),
                null);
    }
}
