package io.darvoza.bankingdocs.contract.model;

import java.time.Instant;

/**
 * A client's contract with the bank.
 *
 * @param id its number in the API
 * @param ownerId account of the client
 * @param rowVersion grows with every change; its ETag
 */
public record Contract(
        long id, long ownerId, String description, ContractStatus status, Instant createdAt, long rowVersion) {

    public static final int MAX_DESCRIPTION_LENGTH = 500;

    public Contract {
        if (description.isBlank() || description.length() > MAX_DESCRIPTION_LENGTH) {
            throw new IllegalArgumentException("a description has 1 to 500 characters");
        }
    }

    /** The same in another status, which must be one that may follow. */
    public Contract moved(ContractStatus target) {
        if (!status.next().contains(target)) {
            throw new IllegalArgumentException(status + " is not followed by " + target);
        }
        return new Contract(id, ownerId, description, target, createdAt, rowVersion + 1);
    }
}
