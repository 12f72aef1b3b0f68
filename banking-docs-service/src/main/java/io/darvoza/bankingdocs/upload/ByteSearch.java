package io.darvoza.bankingdocs.upload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finds a short pattern in bytes by the method of Boyer, Moore and Horspool: most bytes are never looked at. */
final class ByteSearch {

    private final byte[] pattern;
    private final int[] shifts = new int[256];

    ByteSearch(byte[] pattern) {
        this.pattern = pattern.clone();
        Arrays.fill(shifts, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            shifts[pattern[i] & 0xFF] = pattern.length - 1 - i;
        }
    }

    int length() {
        return pattern.length;
    }

    /** Index in the buffer where the pattern first begins between position and limit, or -1; the buffer stays as it is. */
    int in(ByteBuffer bytes) {
        int last = pattern.length - 1;
        int at = bytes.position();
        int end = bytes.limit() - pattern.length;
        while (at <= end) {
            byte ending = bytes.get(at + last);
            if (ending == pattern[last] && beginsAt(at, bytes)) {
                return at;
            }
            at += shifts[ending & 0xFF];
        }
        return -1;
    }

    private boolean beginsAt(int at, ByteBuffer bytes) {
        for (int i = 0; i < pattern.length - 1; i++) {
            if (bytes.get(at + i) != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
