package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.tika.Tika;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Decides whether a file may come in: by what its content is, whether name and declared type agree, and whether its
 * structure is whole and harmless. Reads from disk with bounded memory, on a few threads of its own.
 */
@Component
public final class FileCheck implements DisposableBean {

    /** What Tika calls archives whose first entry is that of an Office document. */
    private static final String OFFICE = "application/x-tika-ooxml";

    private static final Set<String> ARCHIVES = Set.of("application/zip", OFFICE);

    private final List<DocumentType> allowedTypes;
    private final UploadProperties properties;
    private final Scheduler threads;
    private final Tika tika = new Tika();

    FileCheck(UploadProperties properties) {
        this.properties = properties;
        this.allowedTypes = properties.allowedTypes();
        this.threads = Schedulers.newBoundedElastic(properties.checkThreads(), 10_000, "file-check", 60, true);
    }

    /**
     * What the file is.
     *
     * <p>Problems: {@link BankingDocsProblem#EMPTY_FILE}, {@link BankingDocsProblem#FILE_TYPE_NOT_ALLOWED},
     * {@link BankingDocsProblem#FILE_TYPE_MISMATCH}, {@link BankingDocsProblem#FILE_REFUSED} for the rest.
     *
     * @param taken narrows the allowed types further, by media type
     */
    public Mono<CheckedFile> check(ReceivedUpload upload, Predicate<String> taken) {
        return Mono.fromCallable(() -> checkNow(upload, taken))
                .subscribeOn(threads)
                .timeout(properties.checkTimeout())
                .onErrorMap(TimeoutException.class, slow -> refused(RefusalReason.CHECK_TIMEOUT));
    }

    private CheckedFile checkNow(ReceivedUpload upload, Predicate<String> taken) throws IOException {
        if (upload.size() == 0) {
            throw BankingDocsProblem.EMPTY_FILE.exception();
        }
        if (FileName.misleads(upload.sentAs())) {
            throw refused(RefusalReason.NAME_MISLEADING);
        }
        String detected = detect(upload.file());
        DocumentType type = allowed(detected, taken);
        requireAgreement(upload, type);
        Verdict verdict = switch (type) {
            case PDF -> PdfStructure.check(upload.file());
            case DOCX -> DocxStructure.check(upload.file());
            case PNG -> ImageStructure.png(upload.file());
            case JPEG -> ImageStructure.jpeg(upload.file());
        };
        return switch (verdict) {
            case Verdict.Sound sound -> new CheckedFile(type, sound.pageCount());
            case Verdict.Refused refused -> throw refused(refused.reason());
        };
    }

    /** By content alone; a name would make Tika believe it. */
    private String detect(Path file) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            String detected = tika.detect(content);
            return ARCHIVES.contains(detected) && DocxStructure.looksLike(file, detected.equals(OFFICE))
                    ? DocumentType.DOCX.mediaType()
                    : detected;
        }
    }

    private DocumentType allowed(String detected, Predicate<String> taken) {
        Optional<DocumentType> type = DocumentType.ofMediaType(detected)
                .filter(allowedTypes::contains)
                .filter(found -> taken.test(found.mediaType()));
        return type.orElseThrow(() -> BankingDocsProblem.FILE_TYPE_NOT_ALLOWED
                .exception(detected)
                .with("detected_type", detected)
                .with(
                        "allowed_types",
                        allowedTypes.stream()
                                .map(DocumentType::mediaType)
                                .filter(taken)
                                .toList()));
    }

    /** A client that named no type, or a file without an extension, says nothing that could be wrong. */
    private static void requireAgreement(ReceivedUpload upload, DocumentType type) {
        if (!upload.declaredType().equals(MediaType.APPLICATION_OCTET_STREAM_VALUE)
                && !upload.declaredType().equalsIgnoreCase(type.mediaType())) {
            throw mismatch(type, "declared_type");
        }
        String extension = FileName.extension(upload.name());
        if (!extension.isEmpty() && !type.hasExtension(extension)) {
            throw mismatch(type, "extension");
        }
    }

    private static ProblemException mismatch(DocumentType type, String reason) {
        return BankingDocsProblem.FILE_TYPE_MISMATCH
                .exception(type.mediaType())
                .with("detected_type", type.mediaType())
                .with("reason", reason);
    }

    private static ProblemException refused(RefusalReason reason) {
        return BankingDocsProblem.FILE_REFUSED
                .exception(new DefaultMessageSourceResolvable("reason." + reason.word()))
                .with("reason", reason.word());
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}
