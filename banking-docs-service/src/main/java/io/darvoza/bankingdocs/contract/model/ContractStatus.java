package io.darvoza.bankingdocs.contract.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The life of a contract: {@code DRAFT → ACTIVE → CLOSED → ARCHIVED}. */
public enum ContractStatus {
    /** Written down, not in force. */
    DRAFT(21),
    /** In force. */
    ACTIVE(22),
    /** Over. */
    CLOSED(23),
    /** Kept for its time, changed no more. */
    ARCHIVED(24);

    private final int id;

    ContractStatus(int id) {
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

    /** The statuses that may follow. */
    public Set<ContractStatus> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(ACTIVE);
            case ACTIVE -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.of(ARCHIVED);
            case ARCHIVED -> EnumSet.noneOf(ContractStatus.class);
        };
    }

    /** Whether documents may still be linked to it. */
    public boolean takesDocuments() {
        return this == DRAFT || this == ACTIVE;
    }

    public static Optional<ContractStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** The status with a number of the dictionary, which holds no other ones. */
    public static ContractStatus ofId(int id) {
        return Arrays.stream(values())
                .filter(status -> status.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contract status " + id));
    }
}
