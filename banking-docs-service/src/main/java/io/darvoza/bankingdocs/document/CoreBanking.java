package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The outside АБС, as far as documents are announced to it. What it answers comes by {@link CoreBankingDecisions}. */
public interface CoreBanking {

    /**
     * A content that waits for the АБС.
     *
     * @param version number of the content's version
     * @param sha256 64 hexadecimal digits
     */
    record Submission(
            long documentId,
            int categoryId,
            int version,
            String contentType,
            long size,
            String sha256,
            long rowVersion,
            Instant submittedAt) {

        static Submission of(Document document, DocumentFile file, Instant now) {
            return new Submission(
                    document.id(),
                    document.categoryId(),
                    document.version(),
                    file.type(),
                    file.size(),
                    file.sha256(),
                    document.rowVersion(),
                    now);
        }
    }

    /** Announces it, in the caller's transaction; the АБС hears of it in the end, and perhaps more than once. */
    Mono<Void> submit(Submission submission);
}
