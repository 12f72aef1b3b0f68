package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Checks a picture by its header and its end alone; decoding it would cost memory by the point. */
final class ImageStructure {

    private static final long MAX_POINTS = 100_000_000;

    private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};

    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};

    private ImageStructure() {}

    static Verdict png(Path file) throws IOException {
        return check(file, PNG_END);
    }

    static Verdict jpeg(Path file) throws IOException {
        return check(file, JPEG_END);
    }

    /** Cameras write something of their own behind the end. */
    private static Verdict check(Path file, byte[] itsEnd) throws IOException {
        FileEnds ends = FileEnds.of(file);
        int end = ends.fromTheEnd(itsEnd);
        if (end == FileEnds.NOWHERE) {
            return new Verdict.Refused(RefusalReason.IMAGE_DAMAGED);
        }
        return ends.areOfAnArchive(end) || PdfStructure.mayBe(ends)
                ? new Verdict.Refused(RefusalReason.OF_TWO_TYPES)
                : header(file);
    }

    private static Verdict header(Path file) {
        try (ImageInputStream bytes = new FileImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
            if (!readers.hasNext()) {
                return new Verdict.Refused(RefusalReason.IMAGE_DAMAGED);
            }
            return points(readers.next(), bytes) > MAX_POINTS
                    ? new Verdict.Refused(RefusalReason.IMAGE_TOO_LARGE)
                    : new Verdict.Sound(1);
        } catch (IOException | RuntimeException damaged) {
            // Readers throw all of these at damaged headers.
            return new Verdict.Refused(RefusalReason.IMAGE_DAMAGED);
        }
    }

    private static long points(ImageReader reader, ImageInputStream bytes) throws IOException {
        try {
            reader.setInput(bytes, true, true);
            return (long) reader.getWidth(0) * reader.getHeight(0);
        } finally {
            reader.dispose();
        }
    }
}
