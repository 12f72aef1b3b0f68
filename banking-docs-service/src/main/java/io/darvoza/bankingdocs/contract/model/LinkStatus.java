package io.darvoza.bankingdocs.contract.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a document belongs to a contract.
 *
 * <pre>
 * ACTIVE ◄──► SUSPENDED
 *    │            │
 *    └─────┬──────┘
 *          ▼
 * ARCHIVED or REVOKED (a revoked one may be linked anew)
 * </pre>
 */
public enum LinkStatus {
    ACTIVE(1),
    SUSPENDED(2),
    ARCHIVED(3),
    /** «Отозвано»: number 4, as the seed says. */
    REVOKED(4);

    private final int id;

    LinkStatus(int id) {
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
    public Set<LinkStatus> next() {
        return switch (this) {
            case ACTIVE -> EnumSet.of(SUSPENDED, ARCHIVED, REVOKED);
            case SUSPENDED -> EnumSet.of(ACTIVE, ARCHIVED, REVOKED);
            case ARCHIVED, REVOKED -> EnumSet.noneOf(LinkStatus.class);
        };
    }

    /** Whether the document may be linked to the contract anew. */
    public boolean mayBeLinkedAnew() {
        return this == REVOKED;
    }

    public static Optional<LinkStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    public static Optional<LinkStatus> ofNumber(int id) {
        return Arrays.stream(values()).filter(status -> status.id == id).findFirst();
    }
}
