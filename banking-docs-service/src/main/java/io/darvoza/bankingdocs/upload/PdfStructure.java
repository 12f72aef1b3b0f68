package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final byte[] ZIP_END = {'P', 'K', 5, 6};

    /** PDF readers look for the end within the last 1024 bytes (ISO 32000-1, annex H.3). */
    private static final int END_WITHIN = 1024;

    /** A ZIP end record is 22 bytes and a comment of at most 65 535. */
    private static final int ZIP_END_LENGTH = 22;

    private static final int TAIL_BYTES = ZIP_END_LENGTH + 0xFFFF;

    private PdfStructure() {}

    static Verdict check(Path file) throws IOException {
        RefusalReason wrongFrame = frame(file);
        return wrongFrame == null ? content(file) : new Verdict.Refused(wrongFrame);
    }

    private static @Nullable RefusalReason frame(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[(int) Math.min(HEADER.length, bytes.length())];
            bytes.readFully(head);
            if (!startsWith(head, 0, HEADER)) {
                return RefusalReason.PDF_HEADER_MISSING;
            }
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, bytes.length())];
            bytes.seek(bytes.length() - tail.length);
            bytes.readFully(tail);
            int end = lastIndexOf(tail, END);
            if (end < tail.length - END_WITHIN) {
                return RefusalReason.PDF_END_MISSING;
            }
            return endsInArchive(tail, end) ? RefusalReason.PDF_CARRIES_ARCHIVE : null;
        }
    }

    /** A ZIP end record behind the PDF's end, or one before it whose comment reaches to the end of the file. */
    private static boolean endsInArchive(byte[] tail, int pdfEnd) {
        for (int i = tail.length - ZIP_END_LENGTH; i >= 0; i--) {
            if (startsWith(tail, i, ZIP_END)) {
                int comment = (tail[i + 20] & 0xFF) | (tail[i + 21] & 0xFF) << 8;
                if (i > pdfEnd || i + ZIP_END_LENGTH + comment == tail.length) {
                    return true;
                }
            }
        }
        return false;
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

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (startsWith(bytes, i, wanted)) {
                return i;
            }
        }
        return Integer.MIN_VALUE;
    }

    private static boolean startsWith(byte[] bytes, int offset, byte[] wanted) {
        return offset + wanted.length <= bytes.length
                && Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
    }
}
