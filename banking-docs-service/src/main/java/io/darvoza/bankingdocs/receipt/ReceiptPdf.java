package io.darvoza.bankingdocs.receipt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Writes a receipt: one page, in Russian, with the letters that it uses inside. Blocks its thread for some milliseconds. */
final class ReceiptPdf {

    /** Comes with PDFBox and knows Cyrillic letters, which the fonts of every PDF reader do not. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final float LEFT = 72;
    private static final float TOP = 740;
    private static final float VALUES = 230;
    private static final float LINE = 22;

    private ReceiptPdf() {}

    static byte[] of(PaymentApprovedV1 payment, long contract) {
        try (PDDocument pdf = new PDDocument();
                InputStream letters = Objects.requireNonNull(PDType0Font.class.getResourceAsStream(FONT), FONT);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            pdf.getDocumentInformation().setTitle("Квитанция " + payment.uid());
            PDFont font = PDType0Font.load(pdf, letters);
            PDPage page = new PDPage(PDRectangle.A4);
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                write(content, font, 20, LEFT, TOP, "Квитанция об исполненном платеже");
                float y = TOP - 2 * LINE;
                for (Map.Entry<String, String> fact : facts(payment, contract).entrySet()) {
                    write(content, font, 11, LEFT, y, fact.getKey());
                    write(content, font, 11, VALUES, y, fact.getValue());
                    y -= LINE;
                }
            }
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> facts(PaymentApprovedV1 payment, long contract) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Договор", "№ " + contract);
        facts.put("Платёж", payment.uid());
        facts.put("Вид", "withdrawal".equals(payment.type()) ? "списание" : "пополнение");
        facts.put("Сумма", payment.paid());
        facts.put("Через партнёра", payment.partner());
        if (payment.externalId() != null) {
            facts.put("Номер у партнёра", payment.externalId());
        }
        if (payment.performedAt() != null) {
            facts.put("Исполнен", TIME.format(payment.performedAt()));
        }
        return facts;
    }

    private static void write(PDPageContentStream content, PDFont font, float size, float x, float y, String text)
            throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, y);
        content.showText(printable(font, text));
        content.endText();
    }

    /** A partner's own number may be in any letters; what the font lacks becomes a question mark. */
    private static String printable(PDFont font, String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> has(font, letter) ? letter : "?")
                .collect(Collectors.joining());
    }

    private static boolean has(PDFont font, String letter) {
        try {
            return font.encode(letter).length > 0;
        } catch (IOException | IllegalArgumentException missing) {
            return false;
        }
    }
}
