package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Checks a picture by its header alone; decoding it would cost memory by the point. */
final class ImageStructure {

    private static final long MAX_POINTS = 100_000_000;

    private ImageStructure() {}

    static Verdict check(Path file) throws IOException {
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
