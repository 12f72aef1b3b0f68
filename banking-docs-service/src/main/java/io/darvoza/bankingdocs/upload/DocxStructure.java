package io.darvoza.bankingdocs.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checks a DOCX: a ZIP archive with the parts that Word needs (ECMA-376), no macros, nothing encrypted, no archive within
 * it, nothing that unpacks beyond measure, and no PDF at the same time. Every entry is unpacked once, to nowhere.
 */
final class DocxStructure {

    static final String MAIN_PART = "word/document.xml";
    private static final String CONTENT_TYPES = "[Content_Types].xml";

    private static final int MAX_ENTRIES = 5_000;
    private static final long MAX_UNPACKED_BYTES = 256L << 20;
    private static final int MAX_CONTENT_TYPES_BYTES = 1 << 20;

    /** Deflate cannot pack more than 1032 to 1; what people write packs 10 to 1, what bombs write at the limit. */
    private static final long MAX_RATIO = 200;

    private static final int RATIO_FREE_BYTES = 8 << 20;

    private DocxStructure() {}

    /**
     * Whether an archive is meant to be a DOCX.
     *
     * @param unreadable what to say of one that is cut, damaged or encrypted
     */
    static boolean looksLike(Path file, boolean unreadable) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(MAIN_PART) != null;
        } catch (ZipException notReadable) {
            return unreadable;
        }
    }

    static Verdict check(Path file) throws IOException {
        if (PdfStructure.mayBe(FileEnds.of(file))) {
            return new Verdict.Refused(RefusalReason.OF_TWO_TYPES);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry types = zip.getEntry(CONTENT_TYPES);
            if (types == null || zip.getEntry(MAIN_PART) == null) {
                return new Verdict.Refused(RefusalReason.DOCX_PARTS_MISSING);
            }
            if (zip.size() > MAX_ENTRIES) {
                return new Verdict.Refused(RefusalReason.ARCHIVE_BOMB);
            }
            if (hasMacros(zip, types)) {
                return new Verdict.Refused(RefusalReason.DOCX_WITH_MACROS);
            }
            return unpack(zip, file.toFile().length());
        } catch (ZipException damaged) {
            boolean encrypted = String.valueOf(damaged.getMessage()).contains("encrypted");
            return new Verdict.Refused(encrypted ? RefusalReason.DOCX_ENCRYPTED : RefusalReason.DOCX_DAMAGED);
        } catch (EOFException damaged) {
            return new Verdict.Refused(RefusalReason.DOCX_DAMAGED);
        }
    }

    /** Macros lie in a part {@code vbaProject.bin} and show in the content types; either is enough. */
    private static boolean hasMacros(ZipFile zip, ZipEntry types) throws IOException {
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName().toLowerCase(Locale.ROOT);
            if (name.endsWith("vbaproject.bin") || name.endsWith("vbadata.xml")) {
                return true;
            }
        }
        try (InputStream content = zip.getInputStream(types)) {
            String text = new String(content.readNBytes(MAX_CONTENT_TYPES_BYTES), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT);
            return text.contains("macroenabled") || text.contains("vbaproject");
        }
    }

    private static Verdict unpack(ZipFile zip, long packed) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long unpacked = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (isArchive(zip, entry)) {
                return new Verdict.Refused(RefusalReason.ARCHIVE_NESTED);
            }
            try (InputStream content = zip.getInputStream(entry)) {
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    unpacked += n;
                    if (unpacked > MAX_UNPACKED_BYTES || unpacked > RATIO_FREE_BYTES + packed * MAX_RATIO) {
                        return new Verdict.Refused(RefusalReason.ARCHIVE_BOMB);
                    }
                }
            }
        }
        return new Verdict.Sound(null);
    }

    private static boolean isArchive(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            return ArchiveSignature.begins(content.readNBytes(ArchiveSignature.HEAD_BYTES), entry.getName());
        }
    }
}
