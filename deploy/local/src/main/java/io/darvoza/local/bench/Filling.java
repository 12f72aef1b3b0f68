package io.darvoza.local.bench;

import java.io.InputStream;

/** Letters in no order, so many and always the same for a seed; cheap, since making them is not what is measured. */
final class Filling extends InputStream {

    private static final int LETTERS_PER_NUMBER = 16;
    private static final int BITS_PER_LETTER = 4;

    private long left;
    private long state;

    Filling(long length, long seed) {
        this.left = length;
        // Xorshift stays at zero for ever.
        this.state = seed == 0 ? 1 : seed;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        var count = (int) Math.min(length, left);
        for (var i = 0; i < count; i += LETTERS_PER_NUMBER) {
            var number = next();
            for (var j = i; j < Math.min(i + LETTERS_PER_NUMBER, count); j++) {
                target[offset + j] = (byte) ('A' + (number & 0xF));
                number >>>= BITS_PER_LETTER;
            }
        }
        left -= count;
        return count;
    }

    private long next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }
}
