package io.darvoza.bankingdocs.document.model;

import java.time.LocalDate;
import java.util.Set;

/**
 * A kind of document («Callcopy» of the seed).
 *
 * @param name its Russian name, which the API takes as well as the id
 * @param termDays in how many days a document of this kind is to be processed
 * @param allowedTypes media types that it takes; empty for all that the service takes
 */
public record Category(int id, String name, int termDays, Set<String> allowedTypes) {

    public Category {
        allowedTypes = Set.copyOf(allowedTypes);
    }

    /** By when a document that arrives on a day is to be processed. */
    public LocalDate dueFor(LocalDate arrival) {
        return arrival.plusDays(termDays);
    }

    public boolean takes(String mediaType) {
        return allowedTypes.isEmpty() || allowedTypes.contains(mediaType);
    }
}
