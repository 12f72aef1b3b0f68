package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.io.RandomAccessInputStream;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.io.RandomAccessReadView;

/**
 * A PDF whose streams are unpacked once, to nowhere, before PDFBox may read them: it keeps what it unpacks in memory, and
 * sets no bound. Opening a document and finding its first page reads only streams of structure, never pictures, so the bound
 * can be low.
 */
final class BoundedPdf extends RandomAccessReadBufferedFile {

    /** A cross-reference stream of this size has room for a quarter of a million objects. */
    private static final long MAX_STREAM_BYTES = 2 << 20;

    private static final long MAX_BYTES = 16 << 20;

    /** Every usual writer deflates; what is packed in another way can be unpacked to 2700 times its size (LZW). */
    private static final long MAX_OTHERWISE_PACKED_BYTES = 16 << 10;

    /** Deflated data that was deflated again; nobody does it, but for bombs. */
    private static final int MAX_DEPTH = 3;

    private static final int DEFLATE = 0x78;

    private long unpacked;
    private boolean exceeded;

    BoundedPdf(Path file) throws IOException {
        super(file);
    }

    /** Whether reading ended because a stream is larger than structure is. */
    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public RandomAccessReadView createView(long start, long length) throws IOException {
        int depth = 0;
        while (depth < MAX_DEPTH && isDeflated(start, length, depth)) {
            depth++;
            count(start, length, depth);
        }
        if (depth == MAX_DEPTH || (depth == 0 && length > MAX_OTHERWISE_PACKED_BYTES)) {
            throw tooLarge();
        }
        return super.createView(start, length);
    }

    /** Whether what is left after so many steps of unpacking begins as deflated data does (RFC 1950). */
    private boolean isDeflated(long start, long length, int depth) throws IOException {
        try (InputStream content = unpacked(start, length, depth)) {
            int first = content.read();
            int second = content.read();
            return first == DEFLATE && second >= 0 && ((first << 8) + second) % 31 == 0;
        }
    }

    private void count(long start, long length, int depth) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        try (InputStream content = unpacked(start, length, depth)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                size += n;
                unpacked += n;
                if (size > MAX_STREAM_BYTES || unpacked > MAX_BYTES) {
                    throw tooLarge();
                }
            }
        }
    }

    private InputStream unpacked(long start, long length, int depth) throws IOException {
        InputStream content = new RandomAccessInputStream(super.createView(start, length));
        for (int i = 0; i < depth; i++) {
            content = new InflaterInputStream(content);
        }
        return content;
    }

    private IOException tooLarge() {
        exceeded = true;
        return new IOException("a stream of structure is too large");
    }
}
