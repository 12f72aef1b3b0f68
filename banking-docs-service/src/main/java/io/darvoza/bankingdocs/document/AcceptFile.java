package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.scan.VirusScanner;
import io.darvoza.bankingdocs.upload.CheckedFile;
import io.darvoza.bankingdocs.upload.FileCheck;
import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.reactive.Failpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides whether a file that arrived may become the content of a document, and gives it a place in the store. */
@Component
final class AcceptFile {

    private final VirusScanner scanner;
    private final FileCheck fileCheck;
    private final ObjectKeys keys;

    AcceptFile(VirusScanner scanner, FileCheck fileCheck, ObjectKeys keys) {
        this.scanner = scanner;
        this.fileCheck = fileCheck;
        this.keys = keys;
    }

    /**
     * The facts of the file, which is not stored yet.
     *
     * <p>Problems: those of {@link VirusScanner} and {@link FileCheck}, {@link BankingDocsProblem#CHECKSUM_MISMATCH}.
     *
     * @param checksum what the client computed, if it did
     */
    Mono<DocumentFile> handle(ReceivedUpload file, Category category, @Nullable String checksum) {
        return scanner.scan(file.file())
                .flatMap(verdict -> fileCheck
                        .check(file, category::takes)
                        .doOnNext(checked -> requireSame(file, checksum))
                        .map(checked -> facts(file, checked, verdict)))
                // Here a thread of the check stands, with which nobody's connection is held up.
                .doOnNext(_ -> Failpoint.reached("upload.after-spool"));
    }

    private static void requireSame(ReceivedUpload file, @Nullable String checksum) {
        if (checksum != null && !checksum.toLowerCase(Locale.ROOT).equals(file.sha256())) {
            throw BankingDocsProblem.CHECKSUM_MISMATCH.exception().with("sha256", file.sha256());
        }
    }

    private DocumentFile facts(ReceivedUpload file, CheckedFile checked, VirusScanner.Verdict verdict) {
        return new DocumentFile(
                keys.next(),
                file.size(),
                file.sha256(),
                file.declaredType(),
                checked.type().mediaType(),
                checked.pageCount(),
                verdict == VirusScanner.Verdict.CLEAN,
                file.name());
    }
}
