package io.darvoza.common.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Where an encrypted field lies. It is bound to the ciphertext, which therefore cannot be moved to another row, column or
 * table by someone who can write to the database.
 *
 * @param row the row's key, in its text form
 */
public record FieldPlace(String table, String column, String row) {

    /** Each part behind its length, so that no two places give the same bytes. */
    byte[] associatedData() {
        byte[][] parts = Stream.of(table, column, row)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        ByteBuffer data = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> Integer.BYTES + part.length).sum());
        for (byte[] part : parts) {
            data.putInt(part.length).put(part);
        }
        return data.array();
    }
}
