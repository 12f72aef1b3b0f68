package io.darvoza.bankingdocs.upload;

import static io.darvoza.bankingdocs.BankingDocsProblem.EMPTY_FILE;
import static io.darvoza.bankingdocs.BankingDocsProblem.FILE_REFUSED;
import static io.darvoza.bankingdocs.BankingDocsProblem.FILE_TYPE_MISMATCH;
import static io.darvoza.bankingdocs.BankingDocsProblem.FILE_TYPE_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.committed.CommittedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileCheckTests {

    private static final String PDF = "application/pdf";
    private static final String DOCX = DocumentType.DOCX.mediaType();
    private static final String UNKNOWN = "application/octet-stream";

    @TempDir
    Path folder;

    private FileCheck check = new FileCheck(UploadFixtures.properties(Path.of("unused")));

    @AfterEach
    void stop() {
        check.destroy();
    }

    @Test
    void takesAPdfAndCountsItsPages() {
        assertThat(check(FileFixtures.pdf(3), "scan.pdf", PDF)).isEqualTo(new CheckedFile(DocumentType.PDF, 3));
    }

    @Test
    void takesAPdfWhoseObjectsArePackedAsUsual() {
        assertThat(check(FileFixtures.pdfBomb(100_000, 1), "scan.pdf", PDF))
                .isEqualTo(new CheckedFile(DocumentType.PDF, 1));
    }

    @Test
    void takesADocx() {
        assertThat(check(FileFixtures.docx(), "letter.docx", DOCX)).isEqualTo(new CheckedFile(DocumentType.DOCX, null));
    }

    @ParameterizedTest
    @CsvSource({"scan.PDF, application/octet-stream", "scan, application/pdf", "scan, APPLICATION/PDF"})
    void takesWhatSaysNothingWrong(String name, String declared) {
        assertThat(check(FileFixtures.pdf(), name, declared).type()).isEqualTo(DocumentType.PDF);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(refusal(new byte[0], "scan.pdf", PDF).type()).isEqualTo(EMPTY_FILE);
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void refusesEveryOtherTypeWhateverItCallsItself(byte[] content) {
        assertThat(refusal(content, "scan.pdf", PDF).type()).isEqualTo(FILE_TYPE_NOT_ALLOWED);
    }

    static Stream<byte[]> otherTypes() {
        return Stream.of(
                FileFixtures.png(),
                FileFixtures.text("just text"),
                FileFixtures.text("<html><script>alert(1)</script></html>"),
                FileFixtures.zip(Map.of("a.txt", FileFixtures.text("a"))),
                FileFixtures.text("#!/bin/sh\nrm -rf ~\n"),
                FileFixtures.text("@echo off\r\ndel /q *.*\r\n"),
                FileFixtures.text("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
                FileFixtures.text("{\\rtf1\\ansi hello}"),
                new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0},
                windowsProgram(new byte[100]),
                windowsProgram(FileFixtures.docx()),
                FileFixtures.join(FileFixtures.text("<html><script>alert(1)</script></html>"), FileFixtures.docx()),
                FileFixtures.join(FileFixtures.text("GIF89a"), FileFixtures.pdf()));
    }

    /** Archives may stand behind a program that unpacks them. */
    private static byte[] windowsProgram(byte[] behind) {
        byte[] program = new byte[0x100];
        program[0] = 'M';
        program[1] = 'Z';
        program[0x3C] = (byte) 0x80;
        program[0x80] = 'P';
        program[0x81] = 'E';
        return FileFixtures.join(program, behind);
    }

    @ParameterizedTest
    @CsvSource({
        "scan.docx, application/pdf, extension",
        "scan.exe, application/pdf, extension",
        "scan.pdf, application/vnd.openxmlformats-officedocument.wordprocessingml.document, declared_type",
        "scan.pdf, text/html, declared_type",
    })
    void refusesAPdfThatCallsItselfSomethingElse(String name, String declared, String reason) {
        ProblemException refusal = refusal(FileFixtures.pdf(), name, declared);

        assertThat(refusal.type()).isEqualTo(FILE_TYPE_MISMATCH);
        assertThat(UploadFixtures.members(refusal)).containsEntry("reason", reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void refusesDamagedLockedAndDangerousFiles(RefusalReason reason, byte[] content, String name) {
        ProblemException refusal = refusal(content, name, UNKNOWN);

        assertThat(refusal.type()).isEqualTo(FILE_REFUSED);
        assertThat(UploadFixtures.members(refusal)).containsEntry("reason", reason.word());
    }

    static Stream<Arguments> badFiles() {
        byte[] pdf = FileFixtures.pdf();
        byte[] big = FileFixtures.pdfOfSize(100_000, 1);
        byte[] zip = FileFixtures.zip(Map.of("a.txt", FileFixtures.text("a")));
        byte[] docx = FileFixtures.docx();
        return Stream.of(
                Arguments.of(RefusalReason.PDF_HEADER_MISSING, FileFixtures.join(new byte[] {'\n'}, pdf), "a.pdf"),
                Arguments.of(RefusalReason.PDF_END_MISSING, Arrays.copyOf(big, big.length / 2), "a.pdf"),
                Arguments.of(RefusalReason.PDF_END_MISSING, FileFixtures.join(pdf, new byte[2000]), "a.pdf"),
                Arguments.of(RefusalReason.PDF_CARRIES_ARCHIVE, FileFixtures.join(pdf, zip), "a.pdf"),
                Arguments.of(RefusalReason.PDF_CARRIES_ARCHIVE, endHiddenInComment(pdf, zip), "a.pdf"),
                Arguments.of(RefusalReason.PDF_ENCRYPTED, FileFixtures.encryptedPdf("owner", "user"), "a.pdf"),
                Arguments.of(RefusalReason.PDF_ENCRYPTED, FileFixtures.encryptedPdf("owner", ""), "a.pdf"),
                Arguments.of(RefusalReason.PDF_WITHOUT_PAGES, FileFixtures.pdf(0), "a.pdf"),
                Arguments.of(RefusalReason.PDF_STRUCTURE_TOO_LARGE, FileFixtures.pdfBomb(64 << 20, 1), "a.pdf"),
                Arguments.of(RefusalReason.PDF_STRUCTURE_TOO_LARGE, FileFixtures.pdfBomb(64 << 20, 2), "a.pdf"),
                Arguments.of(RefusalReason.PDF_DAMAGED, FileFixtures.text("%PDF-1.7\nnothing\n%%EOF"), "a.pdf"),
                Arguments.of(
                        RefusalReason.DOCX_WITH_MACROS,
                        FileFixtures.docxWith("word/vbaProject.bin", new byte[] {1}),
                        "a.docx"),
                Arguments.of(RefusalReason.DOCX_WITH_MACROS, FileFixtures.macroEnabledDocx(), "a.docx"),
                Arguments.of(
                        RefusalReason.DOCX_PARTS_MISSING,
                        FileFixtures.zip(Map.of("word/document.xml", new byte[] {1})),
                        "a.docx"),
                Arguments.of(RefusalReason.DOCX_DAMAGED, withFlippedByte(docx), "a.docx"),
                Arguments.of(RefusalReason.DOCX_DAMAGED, Arrays.copyOf(docx, docx.length - 30), "a.docx"),
                Arguments.of(RefusalReason.DOCX_ENCRYPTED, encrypted(docx), "a.docx"),
                Arguments.of(RefusalReason.OF_TWO_TYPES, FileFixtures.docxAndPdf(), "a.docx"),
                Arguments.of(RefusalReason.NAME_MISLEADING, pdf, "../../etc/passwd.pdf"),
                Arguments.of(RefusalReason.NAME_MISLEADING, pdf, "C:\\Users\\me\\scan.pdf"),
                Arguments.of(RefusalReason.NAME_MISLEADING, pdf, "scan\u0000.pdf"),
                Arguments.of(RefusalReason.NAME_MISLEADING, pdf, "scan\u202Efdp.exe.pdf"),
                Arguments.of(RefusalReason.NAME_MISLEADING, pdf, "\u2067scan.pdf"),
                nested("word/embeddings/sheet.xlsx", zip),
                nested("word/media/image1.png", "Rar!\u001a\u0007\u0000"),
                nested("word/fonts/font1.odttf", "7z\u00bc\u00af\u0027\u001c"),
                nested("docProps/thumbnail.jpeg", "\u001f\u008b\b"),
                nested("customXml/item1.xml", "\0".repeat(257) + "ustar"),
                Arguments.of(RefusalReason.ARCHIVE_BOMB, FileFixtures.bomb(300L << 20), "a.docx"));
    }

    private static Arguments nested(String part, String content) {
        return nested(part, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Arguments nested(String part, byte[] content) {
        return Arguments.of(RefusalReason.ARCHIVE_NESTED, FileFixtures.docxWith(part, content), "a.docx");
    }

    /** As the flag of the first part says, in its own head and in the archive's directory. */
    private static byte[] encrypted(byte[] docx) {
        byte[] encrypted = docx.clone();
        encrypted[6] |= 1;
        for (int i = 0; i < docx.length - 8; i++) {
            if (docx[i] == 'P' && docx[i + 1] == 'K' && docx[i + 2] == 1 && docx[i + 3] == 2) {
                encrypted[i + 8] |= 1;
                break;
            }
        }
        return encrypted;
    }

    @Test
    void takesADocxWithAPackedPicture() {
        byte[] docx = FileFixtures.docxWith("word/media/image1.emz", new byte[] {0x1F, (byte) 0x8B, 8, 0});

        assertThat(check(docx, "letter.docx", DOCX).type()).isEqualTo(DocumentType.DOCX);
    }

    /** The archive's end record before the PDF's end, which is its comment: read from behind, it is a ZIP. */
    private static byte[] endHiddenInComment(byte[] pdf, byte[] zip) {
        byte[] archive = zip.clone();
        byte[] comment = FileFixtures.text("\n%%EOF\n");
        archive[archive.length - 2] = (byte) comment.length;
        return FileFixtures.join(pdf, archive, comment);
    }

    /** In the packed data of the first part. */
    private static byte[] withFlippedByte(byte[] docx) {
        byte[] damaged = docx.clone();
        damaged[60] ^= 0x55;
        return damaged;
    }

    @Test
    void takesPicturesOnlyWhereTheyAreSet() {
        take(DocumentType.PNG);

        assertThat(check(FileFixtures.png(), "photo.png", "image/png")).isEqualTo(new CheckedFile(DocumentType.PNG, 1));
        ProblemException refusal = refusal(FileFixtures.pdf(), "scan.pdf", PDF);
        assertThat(refusal.type()).isEqualTo(FILE_TYPE_NOT_ALLOWED);
        assertThat(UploadFixtures.members(refusal)).containsEntry("allowed_types", List.of("image/png"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("badPictures")
    void refusesPicturesThatAreCutOrOfTwoTypes(RefusalReason reason, byte[] content, String name) {
        take(DocumentType.PNG, DocumentType.JPEG);

        assertThat(UploadFixtures.members(refusal(content, name, UNKNOWN))).containsEntry("reason", reason.word());
    }

    static Stream<Arguments> badPictures() {
        byte[] png = FileFixtures.png();
        byte[] jpeg = FileFixtures.jpeg();
        byte[] zip = FileFixtures.zip(Map.of("a.txt", FileFixtures.text("a")));
        byte[] pdf = FileFixtures.pdf();
        return Stream.of(
                Arguments.of(RefusalReason.IMAGE_DAMAGED, Arrays.copyOf(png, png.length - 4), "a.png"),
                Arguments.of(RefusalReason.IMAGE_DAMAGED, Arrays.copyOf(jpeg, jpeg.length - 2), "a.jpg"),
                Arguments.of(RefusalReason.OF_TWO_TYPES, FileFixtures.join(png, zip), "a.png"),
                Arguments.of(RefusalReason.OF_TWO_TYPES, FileFixtures.join(jpeg, zip), "a.jpg"),
                Arguments.of(RefusalReason.OF_TWO_TYPES, FileFixtures.join(png, pdf), "a.png"));
    }

    @Test
    void takesAPictureWithSomethingOfTheCamerasBehindIt() {
        take(DocumentType.JPEG);

        assertThat(check(FileFixtures.join(FileFixtures.jpeg(), new byte[3000]), "photo.jpg", "image/jpeg"))
                .isEqualTo(new CheckedFile(DocumentType.JPEG, 1));
    }

    private void take(DocumentType... types) {
        check.destroy();
        check = new FileCheck(UploadFixtures.properties(folder, List.of(types)));
    }

    @Test
    void takesOnlyWhatTheCategoryTakes() {
        assertThat(Assertions.catchThrowableOfType(
                                ProblemException.class, () -> checkOnly(FileFixtures.pdf(), "scan.pdf", PDF, DOCX))
                        .type())
                .isEqualTo(FILE_TYPE_NOT_ALLOWED);
    }

    @Test
    void hasATextForEveryReason() throws IOException {
        String page = Files.readString(CommittedFile.root().resolve("docs/problems/file_refused.md"));
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(page).contains("| `" + reason.word() + "` |");
        }
        for (String language : new String[] {"ru", "en"}) {
            try (var file = BankingDocsProblem.class.getResourceAsStream(
                    "/banking-docs-problems_%s.properties".formatted(language))) {
                String texts = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                for (RefusalReason reason : RefusalReason.values()) {
                    assertThat(texts).contains("reason." + reason.word() + "=");
                }
            }
        }
    }

    private ProblemException refusal(byte[] content, String name, String declaredType) {
        return Assertions.catchThrowableOfType(ProblemException.class, () -> check(content, name, declaredType));
    }

    private CheckedFile check(byte[] content, String name, String declaredType) {
        return check(content, name, declaredType, type -> true);
    }

    private CheckedFile checkOnly(byte[] content, String name, String declaredType, String taken) {
        return check(content, name, declaredType, taken::equals);
    }

    private CheckedFile check(byte[] content, String name, String declaredType, Predicate<String> taken) {
        try {
            Path file = Files.write(Files.createTempFile(folder, "upload", ".part"), content);
            ReceivedUpload upload =
                    new ReceivedUpload(Map.of(), file, content.length, "0".repeat(64), declaredType, name);
            return Await.within(check.check(upload, taken), Duration.ofSeconds(60));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
