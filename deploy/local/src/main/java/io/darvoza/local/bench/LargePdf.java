package io.darvoza.local.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A true PDF file of one empty page and of any length, made while it is read. Another seed is another content.
 *
 * @param length in bytes
 */
record LargePdf(long length, long seed) {

    private static final List<String> OBJECTS = List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>");
    private static final String AFTER_FILLING = "\nendstream\nendobj\n";

    InputStream open() {
        var head = new StringBuilder("%PDF-1.7\n");
        var offsets = new ArrayList<Integer>();
        for (var object : OBJECTS) {
            offsets.add(head.length());
            head.append("%d 0 obj\n%s\nendobj\n".formatted(offsets.size(), object));
        }
        offsets.add(head.length());
        // Both lengths are written with ten digits, so that the frame is as long whatever they are.
        var frame = head + stream(0) + tail(offsets, 0);
        var filling = length - frame.length();
        if (filling < 0) {
            throw new IllegalArgumentException("a PDF has at least " + frame.length() + " bytes");
        }
        var before = head + stream(filling);
        var after = tail(offsets, before.length() + filling);
        return new SequenceInputStream(
                Collections.enumeration(List.of(bytes(before), new Filling(filling, seed), bytes(after))));
    }

    private String stream(long filling) {
        return "%d 0 obj\n<</Length %010d>>\nstream\n".formatted(OBJECTS.size() + 1, filling);
    }

    private static String tail(List<Integer> offsets, long fillingEnds) {
        var table = new StringBuilder(AFTER_FILLING)
                .append("xref\n0 %d\n0000000000 65535 f \n".formatted(offsets.size() + 1));
        offsets.forEach(offset -> table.append("%010d 00000 n \n".formatted(offset)));
        return table.append("trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n"
                        .formatted(offsets.size() + 1, fillingEnds + AFTER_FILLING.length()))
                .toString();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
