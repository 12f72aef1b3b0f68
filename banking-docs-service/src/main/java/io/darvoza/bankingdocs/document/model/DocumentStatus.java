package io.darvoza.bankingdocs.document.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the processing of a document stands.
 *
 * <pre>
 * PENDING ──► APPROVED ──► PROCESSED ──► ARCHIVED
 *    │ ▲
 *    ▼ │ by a new version only
 * REJECTED
 * </pre>
 */
public enum DocumentStatus {
    /** Uploaded, checked by nobody yet. */
    PENDING(11),
    /** Found good. */
    APPROVED(12),
    /** Found wanting; a new version brings it back. */
    REJECTED(13),
    /** What it was sent for is done. */
    PROCESSED(14),
    /** Kept for its time, changed no more. */
    ARCHIVED(15);

    private final int id;

    DocumentStatus(int id) {
        this.id = id;
    }

    /** Its number in the dictionary {@code operation}. */
    public int id() {
        return id;
    }

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The statuses that an employee or the core banking system may give next. */
    public Set<DocumentStatus> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(APPROVED, REJECTED);
            case APPROVED -> EnumSet.of(PROCESSED);
            case PROCESSED -> EnumSet.of(ARCHIVED);
            case REJECTED, ARCHIVED -> EnumSet.noneOf(DocumentStatus.class);
        };
    }

    /**
     * The moves that lead to a status without a detour, the status itself last; none when it cannot be reached from here. So
     * a document that is said to be processed has been approved before.
     */
    public List<DocumentStatus> stepsTo(DocumentStatus target) {
        for (DocumentStatus step : next()) {
            if (step == target) {
                return List.of(target);
            }
            List<DocumentStatus> rest = step.stepsTo(target);
            if (!rest.isEmpty()) {
                return Stream.concat(Stream.of(step), rest.stream()).toList();
            }
        }
        return List.of();
    }

    /** Whether processing has ended for good. */
    public boolean isFinal() {
        return this == ARCHIVED;
    }

    public static Optional<DocumentStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** The status with a number of the dictionary, which holds no other ones. */
    public static DocumentStatus ofId(int id) {
        return Arrays.stream(values())
                .filter(status -> status.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no document status " + id));
    }
}
