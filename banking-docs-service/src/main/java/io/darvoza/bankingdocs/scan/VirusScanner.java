package io.darvoza.bankingdocs.scan;

import io.darvoza.bankingdocs.BankingDocsProblem;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Looks for viruses. Fails closed: a file is clean only when the scanner has said so. */
public interface VirusScanner {

    /** What is known of a file that may be kept. */
    enum Verdict {
        CLEAN,
        /** No scanner is in use. */
        NOT_SCANNED
    }

    /**
     * Reads the file as it lies there.
     *
     * <p>Problems: {@link BankingDocsProblem#FILE_INFECTED}, {@link BankingDocsProblem#SCANNER_UNAVAILABLE} for everything
     * that is no clear answer.
     */
    Mono<Verdict> scan(Path file);
}
