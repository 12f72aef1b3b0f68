package io.darvoza.bankingdocs.upload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** By which bytes archives begin, whatever they are called. */
enum ArchiveSignature {
    ZIP("504b0304"),
    EMPTY_ZIP("504b0506"),
    RAR("526172211a07"),
    SEVEN_ZIP("377abcaf271c"),
    GZIP("1f8b08"),
    XZ("fd377a585a00"),
    ZSTANDARD("28b52ffd"),
    CABINET("4d53434600000000");

    /** Enough of a file's beginning to know an archive; a tar says what it is at byte 257. */
    static final int HEAD_BYTES = 262;

    private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    ArchiveSignature(String hex) {
        this.bytes = HexFormat.of().parseHex(hex);
    }

    /**
     * Whether something is an archive. Word's packed pictures are not, though they are packed like one.
     *
     * @param head its first bytes, {@link #HEAD_BYTES} of them when there are so many
     */
    static boolean begins(byte[] head, String name) {
        return Arrays.stream(values())
                        .filter(signature -> signature != GZIP || !isPicture(name))
                        .anyMatch(signature -> isAt(0, head, signature.bytes))
                || isAt(HEAD_BYTES - TAR.length, head, TAR);
    }

    private static boolean isPicture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".emz") || lower.endsWith(".wmz");
    }

    private static boolean isAt(int place, byte[] head, byte[] bytes) {
        return head.length >= place + bytes.length
                && Arrays.equals(head, place, place + bytes.length, bytes, 0, bytes.length);
    }
}
