package io.darvoza.common.objectstore;

/** A part of an object: offsets of its first and last byte, both inclusive. */
public record ByteRange(long first, long last) {

    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range: " + first + "-" + last);
        }
    }

    /** How many bytes it spans. */
    public long length() {
        return last - first + 1;
    }

    String header() {
        return "bytes=" + first + "-" + last;
    }
}
