package io.darvoza.bankingdocs.upload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Reads a body of {@code multipart/form-data} (RFC 7578) as it arrives, in pieces cut anywhere, and hands its parts on. It
 * keeps a boundary's length of bytes and one part's head. Whatever is no such body raises {@code malformed_upload}.
 *
 * <p>It exists beside Spring's reader because that one compares every byte of a file with the boundary, which was half of an
 * upload's time in this service.
 */
final class MultipartReader {

    /** RFC 2046 §5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] DASHES = {'-', '-'};
    private static final ByteSearch HEAD_END = new ByteSearch(new byte[] {'\r', '\n', '\r', '\n'});

    private final Parts parts;
    private final int maxHead;
    private final ByteSearch delimiter;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /** Where the body stands. */
    private State state = State.BEFORE_PARTS;

    /**
     * The last bytes, of which a pattern may be the continuation. It begins with a line end, since a delimiter does and the
     * first of a body mostly has none before it.
     */
    private byte[] carry = LINE_END;

    private enum State {
        BEFORE_PARTS,
        AFTER_DELIMITER,
        HEAD,
        CONTENT,
        AFTER_PARTS
    }

    /** Takes the parts in the order in which they come. */
    interface Parts {

        void begin(PartHead head);

        /** Some bytes of the part that has begun; to be used during the call only. */
        void content(ByteBuffer bytes);

        void end();
    }

    /** @param maxHead most bytes before the first part, and in the head of each */
    MultipartReader(@Nullable MediaType type, int maxHead, Parts parts) {
        this.delimiter = new ByteSearch(("\r\n--" + boundary(type)).getBytes(StandardCharsets.ISO_8859_1));
        this.maxHead = maxHead;
        this.parts = parts;
    }

    private static String boundary(@Nullable MediaType type) {
        String parameter = type == null ? null : type.getParameter("boundary");
        if (parameter == null) {
            throw unreadable();
        }
        boolean quoted = parameter.length() > 1 && parameter.startsWith("\"") && parameter.endsWith("\"");
        String boundary = quoted ? parameter.substring(1, parameter.length() - 1) : parameter;
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw unreadable();
        }
        return boundary;
    }

    /** Takes the next bytes of the body, all of them. */
    void accept(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case BEFORE_PARTS -> {
                    if (passUntil(delimiter, bytes, this::keepHead)) {
                        head.reset();
                        state = State.AFTER_DELIMITER;
                    }
                }
                case AFTER_DELIMITER -> decide(bytes.get());
                case HEAD -> {
                    if (passUntil(HEAD_END, bytes, this::keepHead)) {
                        parts.begin(PartHead.parse(head.toString(StandardCharsets.UTF_8)));
                        head.reset();
                        state = State.CONTENT;
                    }
                }
                case CONTENT -> {
                    if (passUntil(delimiter, bytes, parts::content)) {
                        parts.end();
                        state = State.AFTER_DELIMITER;
                    }
                }
                case AFTER_PARTS -> bytes.position(bytes.limit());
            }
        }
    }

    /** To be called after the last byte: a body without its closing boundary was cut. */
    void finish() {
        if (state != State.AFTER_PARTS) {
            throw unreadable();
        }
    }

    /** Two dashes after a delimiter close the body. A line end opens a head, and stays its beginning: the head may be empty. */
    private void decide(byte next) {
        carry = Arrays.copyOf(carry, carry.length + 1);
        carry[carry.length - 1] = next;
        if (carry.length < 2) {
            return;
        }
        if (Arrays.equals(carry, DASHES)) {
            state = State.AFTER_PARTS;
        } else if (Arrays.equals(carry, LINE_END)) {
            state = State.HEAD;
        } else {
            throw unreadable();
        }
    }

    /**
     * Passes on what comes before the pattern, except the last bytes that it may begin with.
     *
     * @return whether the pattern was found; {@code bytes} then stands behind it
     */
    private boolean passUntil(ByteSearch pattern, ByteBuffer bytes, Consumer<ByteBuffer> taker) {
        if (carry.length > 0) {
            byte[] seam = seam(pattern, bytes);
            int at = pattern.in(ByteBuffer.wrap(seam));
            if (at >= 0) {
                taker.accept(ByteBuffer.wrap(seam, 0, at));
                bytes.position(bytes.position() + at + pattern.length() - carry.length);
                carry = new byte[0];
                return true;
            }
            if (bytes.remaining() < pattern.length() - 1) {
                int sure = Math.max(0, seam.length - (pattern.length() - 1));
                taker.accept(ByteBuffer.wrap(seam, 0, sure));
                carry = Arrays.copyOfRange(seam, sure, seam.length);
                bytes.position(bytes.limit());
                return false;
            }
            taker.accept(ByteBuffer.wrap(carry));
            carry = new byte[0];
        }
        int at = pattern.in(bytes);
        int end = at >= 0 ? at : Math.max(bytes.position(), bytes.limit() - (pattern.length() - 1));
        taker.accept(bytes.slice(bytes.position(), end - bytes.position()));
        if (at >= 0) {
            bytes.position(at + pattern.length());
            return true;
        }
        bytes.position(end);
        carry = new byte[bytes.remaining()];
        bytes.get(carry);
        return false;
    }

    /** The carried bytes and as many of the next as a pattern that begins in them can reach. */
    private byte[] seam(ByteSearch pattern, ByteBuffer bytes) {
        int reached = Math.min(pattern.length() - 1, bytes.remaining());
        byte[] seam = Arrays.copyOf(carry, carry.length + reached);
        bytes.get(bytes.position(), seam, carry.length, reached);
        return seam;
    }

    private void keepHead(ByteBuffer bytes) {
        if (head.size() + bytes.remaining() > maxHead) {
            throw unreadable();
        }
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        head.writeBytes(some);
    }

    private static RuntimeException unreadable() {
        return PartAssembly.malformed("unreadable");
    }
}
