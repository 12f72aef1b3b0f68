package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a PDF: header at its first byte, an end, no archive behind the end, not encrypted, at least one page, and PDFBox
 * opens it. PDFBox alone repairs, and so would pass half a file.
 */
final class PdfStructure {

    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);

    /** PDF readers look for the end within the last 1024 bytes (ISO 32000-1, annex H.3). */
    private static final int END_WITHIN = 1024;

    private PdfStructure() {}

    static Verdict check(Path file) throws IOException {
        RefusalReason wrongFrame = frame(file);
        return wrongFrame == null ? content(file) : new Verdict.Refused(wrongFrame);
    }

    private static @Nullable RefusalReason frame(Path file) throws IOException {
        FileEnds ends = FileEnds.of(file);
        if (!ends.beginWith(HEADER)) {
            return RefusalReason.PDF_HEADER_MISSING;
        }
        int end = ends.fromTheEnd(END);
        if (end == FileEnds.NOWHERE || end > END_WITHIN) {
            return RefusalReason.PDF_END_MISSING;
        }
        return ends.areOfAnArchive(end) ? RefusalReason.PDF_CARRIES_ARCHIVE : null;
    }

    /** Whether PDF readers would take the file for one: they look for the header within the first 1024 bytes (ISO 32000-1, annex H.3). */
    static boolean mayBe(FileEnds file) {
        return file.haveAtTheBeginning(HEADER);
    }

    private static Verdict content(Path file) throws IOException {
        try (BoundedPdf bytes = new BoundedPdf(file)) {
            Verdict verdict = open(bytes);
            // PDFBox repairs what it cannot read, and so may find a document behind what it was not allowed to read.
            return bytes.isExceeded() ? new Verdict.Refused(RefusalReason.PDF_STRUCTURE_TOO_LARGE) : verdict;
        }
    }

    private static Verdict open(BoundedPdf bytes) {
        try (PDDocument pdf = Loader.loadPDF(bytes, "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            if (pdf.isEncrypted()) {
                return new Verdict.Refused(RefusalReason.PDF_ENCRYPTED);
            }
            return pdf.getPages().iterator().hasNext()
                    ? new Verdict.Sound(pdf.getNumberOfPages())
                    : new Verdict.Refused(RefusalReason.PDF_WITHOUT_PAGES);
        } catch (InvalidPasswordException locked) {
            return new Verdict.Refused(RefusalReason.PDF_ENCRYPTED);
        } catch (IOException | RuntimeException | StackOverflowError damaged) {
            // PDFBox throws all of these at damaged files.
            return new Verdict.Refused(RefusalReason.PDF_DAMAGED);
        }
    }
}
