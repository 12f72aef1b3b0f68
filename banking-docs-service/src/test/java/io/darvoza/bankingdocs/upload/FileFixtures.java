package io.darvoza.bankingdocs.upload;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files as clients send them, good and bad; all made here. */
public final class FileFixtures {

    private static final String CONTENT_TYPES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Override PartName="/word/document.xml" ContentType="%s"/></Types>
            """;
    private static final String DOCUMENT_TYPE =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    private FileFixtures() {}

    public static byte[] pdf() {
        return pdf(1);
    }

    public static byte[] pdf(int pages) {
        try (PDDocument pdf = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                pdf.addPage(new PDPage());
            }
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A good PDF of about so many bytes, which do not compress. */
    public static byte[] pdfOfSize(int size, long seed) {
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            PDStream padding = new PDStream(pdf);
            byte[] noise = new byte[size];
            new Random(seed).nextBytes(noise);
            try (OutputStream out = padding.createOutputStream()) {
                out.write(noise);
            }
            pdf.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("Padding"), padding);
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF whose catalogue lies in an object stream that unpacks to so many bytes, deflated so many times. */
    static byte[] pdfBomb(int unpacked, int times) {
        byte[] objects = new byte[unpacked];
        byte[] head = text("1 0 2 40 <</Type/Catalog/Pages 2 0 R>>           <</Type/Pages/Kids[4 0 R]/Count 1>> ");
        Arrays.fill(objects, (byte) ' ');
        System.arraycopy(head, 0, objects, 0, head.length);
        byte[] packed = objects;
        for (int i = 0; i < times; i++) {
            packed = deflated(packed);
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(text("%PDF-1.5\n"));
        int page = pdf.size();
        pdf.writeBytes(text("4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"));
        int stream = pdf.size();
        pdf.writeBytes(text("3 0 obj\n<</Type/ObjStm/N 2/First 9/Filter[%s]/Length %d>>\nstream\n"
                .formatted("/FlateDecode".repeat(times), packed.length)));
        pdf.writeBytes(packed);
        pdf.writeBytes(text("\nendstream\nendobj\n"));
        int table = pdf.size();
        ByteBuffer entries = ByteBuffer.allocate(6 * 6);
        entry(entries, 0, 0, 255);
        entry(entries, 2, 3, 0);
        entry(entries, 2, 3, 1);
        entry(entries, 1, stream, 0);
        entry(entries, 1, page, 0);
        entry(entries, 1, table, 0);
        pdf.writeBytes(text("5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length 36>>\nstream\n"));
        pdf.writeBytes(entries.array());
        pdf.writeBytes(text("\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n".formatted(table)));
        return pdf.toByteArray();
    }

    private static void entry(ByteBuffer entries, int type, int second, int third) {
        entries.put((byte) type).putInt(second).put((byte) third);
    }

    private static byte[] deflated(byte[] content) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
                deflater.write(content);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encryptedPdf(String ownerPassword, String userPassword) {
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            pdf.protect(new StandardProtectionPolicy(ownerPassword, userPassword, new AccessPermission()));
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pdf.save(out);
        return out.toByteArray();
    }

    public static byte[] docx() {
        return zip(docxParts());
    }

    static Map<String, byte[]> docxParts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", text(CONTENT_TYPES.formatted(DOCUMENT_TYPE)));
        parts.put("word/document.xml", text("<w:document/>"));
        return parts;
    }

    static byte[] docxWith(String part, byte[] content) {
        Map<String, byte[]> parts = docxParts();
        parts.put(part, content);
        return zip(parts);
    }

    static byte[] macroEnabledDocx() {
        Map<String, byte[]> parts = docxParts();
        parts.put(
                "[Content_Types].xml",
                text(CONTENT_TYPES.formatted("application/vnd.ms-word.document.macroEnabled.main+xml")));
        return zip(parts);
    }

    /** So many zero bytes in one part, packed as tightly as it goes. */
    static byte[] bomb(long unpacked) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.BEST_COMPRESSION);
                for (Map.Entry<String, byte[]> part : docxParts().entrySet()) {
                    add(zip, part.getKey(), part.getValue());
                }
                zip.putNextEntry(new ZipEntry("word/media/image1.png"));
                byte[] zeros = new byte[1 << 20];
                for (long left = unpacked; left > 0; left -= zeros.length) {
                    zip.write(zeros);
                }
                zip.closeEntry();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zip(Map<String, byte[]> parts) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                    add(zip, part.getKey(), part.getValue());
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** A DOCX that PDF readers would open. */
    static byte[] docxAndPdf() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("%PDF-1.7", text("%%EOF"));
        parts.putAll(docxParts());
        return zip(parts);
    }

    static byte[] png() {
        return picture("png");
    }

    static byte[] jpeg() {
        return picture("jpeg");
    }

    private static byte[] picture(String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
