package io.darvoza.bankingdocs.document.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A document of a bank client. Every change gives a new one with the next row version.
 *
 * @param id its number in the API
 * @param ownerId account of the client whose document it is
 * @param workerId account of the employee who decided on it last; null before
 * @param version number of the current version of its content, from 1
 * @param planMaturityDate by when it is to be processed, from the category's term
 * @param factMaturityDate when processing ended; null before
 * @param legalHold whether it must not be deleted, whatever its status
 * @param rowVersion grows with every change; its ETag
 */
public record Document(
        long id,
        long ownerId,
        @Nullable Long workerId,
        int categoryId,
        String description,
        DocumentStatus status,
        int version,
        Validity validity,
        LocalDate planMaturityDate,
        @Nullable LocalDate factMaturityDate,
        boolean legalHold,
        Instant uploadedAt,
        long rowVersion) {

    public static final int MAX_DESCRIPTION_LENGTH = 500;

    public Document {
        if (description.isBlank() || description.length() > MAX_DESCRIPTION_LENGTH) {
            throw new IllegalArgumentException("a description has 1 to 500 characters");
        }
        if (version < 1 || rowVersion < 1) {
            throw new IllegalArgumentException("versions count from 1");
        }
    }

    /** A document that has just arrived: pending, first version, due by the category's term (in UTC days). */
    public static Document uploaded(
            long id, long ownerId, Category category, String description, Validity validity, Instant now) {
        return new Document(
                id,
                ownerId,
                null,
                category.id(),
                description,
                DocumentStatus.PENDING,
                1,
                validity,
                category.dueFor(day(now)),
                null,
                false,
                now,
                1);
    }

    /** An employee ({@code workerId}) or the core banking system (null) gives it another status. */
    public StatusDecision decide(DocumentStatus target, @Nullable Long worker, Instant now) {
        if (!status.next().contains(target)) {
            return new StatusDecision.Refused(status, status.next());
        }
        return new StatusDecision.Moved(
                moved(target, worker == null ? workerId : worker, version, target.isFinal() ? day(now) : null), status);
    }

    /** The client sends new content. Only a rejected document takes it, and is pending again. */
    public StatusDecision replaceContent() {
        if (status != DocumentStatus.REJECTED) {
            return new StatusDecision.Refused(status, status.next());
        }
        return new StatusDecision.Moved(moved(DocumentStatus.PENDING, workerId, version + 1, null), status);
    }

    /** Whether its words may still change: an archived document stays as it is. */
    public boolean mayBeDescribed() {
        return status != DocumentStatus.ARCHIVED;
    }

    /** Whether category and validity may still change: nobody has relied on them yet. */
    public boolean mayBeClassified() {
        return status == DocumentStatus.PENDING || status == DocumentStatus.REJECTED;
    }

    /** The same with other words, in another category (then due by its term), or valid at another time. */
    public Document edited(String words, Category category, Validity valid) {
        return new Document(
                id,
                ownerId,
                workerId,
                category.id(),
                words,
                status,
                version,
                valid,
                category.id() == categoryId ? planMaturityDate : category.dueFor(day(uploadedAt)),
                factMaturityDate,
                legalHold,
                uploadedAt,
                rowVersion + 1);
    }

    /** The same under legal hold, or free of it. */
    public Document held(boolean hold) {
        return new Document(
                id,
                ownerId,
                workerId,
                categoryId,
                description,
                status,
                version,
                validity,
                planMaturityDate,
                factMaturityDate,
                hold,
                uploadedAt,
                rowVersion + 1);
    }

    /** Whether the client may take it back: nobody relies on it yet. */
    public Deletion delete(boolean hasActiveLink) {
        if (legalHold) {
            return Deletion.HELD;
        }
        if (hasActiveLink) {
            return Deletion.LINKED;
        }
        return status == DocumentStatus.PENDING || status == DocumentStatus.REJECTED
                ? Deletion.ALLOWED
                : Deletion.WRONG_STATUS;
    }

    private Document moved(
            DocumentStatus target, @Nullable Long worker, int contentVersion, @Nullable LocalDate endedOn) {
        return new Document(
                id,
                ownerId,
                worker,
                categoryId,
                description,
                target,
                contentVersion,
                validity,
                planMaturityDate,
                endedOn,
                legalHold,
                uploadedAt,
                rowVersion + 1);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
