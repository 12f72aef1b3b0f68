package io.darvoza.local.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Content in the encoding {@code aws-chunked}: each chunk under its length and signature, the last one empty. */
final class SignedChunks extends InputStream {

    /** What the AWS SDK for Java sends at once. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private static final String SIGNATURE = ";chunk-signature=";
    private static final int SIGNATURE_DIGITS = 64;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream content;
    private final Signer signer;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final byte[] encoded = new byte[CHUNK_BYTES + SIGNATURE.length() + SIGNATURE_DIGITS + 16];
    private int from;
    private int to;
    private boolean ended;

    /** Gives the signature of the next chunk. */
    interface Signer {

        String sign(byte[] chunk, int length);
    }

    SignedChunks(InputStream content, Signer signer) {
        this.content = content;
        this.signer = signer;
    }

    /** Bytes on the wire for a content of that length. */
    static long encodedLength(long length) {
        var whole = length / CHUNK_BYTES * encodedChunk(CHUNK_BYTES);
        var rest = (int) (length % CHUNK_BYTES);
        return whole + (rest == 0 ? 0 : encodedChunk(rest)) + encodedChunk(0);
    }

    private static long encodedChunk(int length) {
        return Integer.toHexString(length).length()
                + SIGNATURE.length()
                + SIGNATURE_DIGITS
                + 2L * LINE_END.length
                + length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (from == to && !encodeNext()) {
            return -1;
        }
        var count = Math.min(length, to - from);
        System.arraycopy(encoded, from, into, offset, count);
        from += count;
        return count;
    }

    private boolean encodeNext() throws IOException {
        if (ended) {
            return false;
        }
        var length = content.readNBytes(chunk, 0, chunk.length);
        ended = length == 0;
        from = 0;
        to = 0;
        append((Integer.toHexString(length) + SIGNATURE + signer.sign(chunk, length))
                .getBytes(StandardCharsets.US_ASCII));
        append(LINE_END);
        append(chunk, length);
        append(LINE_END);
        return true;
    }

    private void append(byte[] bytes) {
        append(bytes, bytes.length);
    }

    private void append(byte[] bytes, int length) {
        System.arraycopy(bytes, 0, encoded, to, length);
        to += length;
    }
}
