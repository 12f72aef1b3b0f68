package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** The first and the last bytes of a file, where its type shows, and where another one hides. */
final class FileEnds {

    /** Not found. */
    static final int NOWHERE = -1;

    private static final int HEAD_BYTES = 1024;

    private static final byte[] ZIP_END = {'P', 'K', 5, 6};

    /** A ZIP end record is 22 bytes and a comment of at most 65 535. */
    private static final int ZIP_END_LENGTH = 22;

    private static final int TAIL_BYTES = ZIP_END_LENGTH + 0xFFFF;

    private final byte[] head;
    private final byte[] tail;

    private FileEnds(byte[] head, byte[] tail) {
        this.head = head;
        this.tail = tail;
    }

    static FileEnds of(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[(int) Math.min(HEAD_BYTES, bytes.length())];
            bytes.readFully(head);
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, bytes.length())];
            bytes.seek(bytes.length() - tail.length);
            bytes.readFully(tail);
            return new FileEnds(head, tail);
        }
    }

    boolean beginWith(byte[] wanted) {
        return isAt(0, head, wanted);
    }

    /** Whether such bytes are among the first 1024. */
    boolean haveAtTheBeginning(byte[] wanted) {
        return lastIndexOf(head, wanted) != NOWHERE;
    }

    /** How many bytes from the end of the file the last such bytes begin; {@link #NOWHERE} when none is among the last 64 KB. */
    int fromTheEnd(byte[] wanted) {
        int at = lastIndexOf(tail, wanted);
        return at == NOWHERE ? NOWHERE : tail.length - at;
    }

    /**
     * Whether the file is a ZIP archive as well: it has an end record behind its own end, or one before it whose comment reaches to the end
     * of the file.
     *
     * @param ownEnd as {@link #fromTheEnd} tells it
     */
    boolean areOfAnArchive(int ownEnd) {
        for (int i = tail.length - ZIP_END_LENGTH; i >= 0; i--) {
            if (isAt(i, tail, ZIP_END)) {
                int comment = (tail[i + 20] & 0xFF) | (tail[i + 21] & 0xFF) << 8;
                if (i > tail.length - ownEnd || i + ZIP_END_LENGTH + comment == tail.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (isAt(i, bytes, wanted)) {
                return i;
            }
        }
        return NOWHERE;
    }

    private static boolean isAt(int place, byte[] bytes, byte[] wanted) {
        return place + wanted.length <= bytes.length
                && Arrays.equals(bytes, place, place + wanted.length, wanted, 0, wanted.length);
    }
}
