package io.darvoza.common.cursor;

import io.darvoza.common.problem.CommonProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The position in one query: the sort columns of the last row that the caller has, opaque and signed.
 *
 * <p>The query itself (operation and filters) goes into the signature, not into the text, so a cursor is short, tells no
 * filter, and fits no other query.
 */
public final class KeysetCursor {

    static final int SIGNATURE_LENGTH = 16;
    private static final int MAX_LENGTH = 1024;

    private final KeysetCursors cursors;
    private final String query;

    KeysetCursor(KeysetCursors cursors, String query) {
        this.cursors = cursors;
        this.query = query;
    }

    /** The cursor that goes on after a row with these values of the sort columns. */
    public String after(Object... sortValues) {
        byte[] position = write(sortValues);
        byte[] signature = cursors.sign(query, position);
        byte[] whole = Arrays.copyOf(signature, signature.length + position.length);
        System.arraycopy(position, 0, whole, signature.length, position.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * The values that {@link #after} got, as text; empty for the first page (no cursor). Raises
     * {@link CommonProblem#INVALID_CURSOR} for a text that was not issued for this query.
     */
    public List<String> read(@Nullable String cursor) {
        if (cursor == null) {
            return List.of();
        }
        byte[] whole = decode(cursor);
        byte[] signature = Arrays.copyOf(whole, SIGNATURE_LENGTH);
        byte[] position = Arrays.copyOfRange(whole, SIGNATURE_LENGTH, whole.length);
        if (!MessageDigest.isEqual(signature, cursors.sign(query, position))) {
            throw CommonProblem.INVALID_CURSOR.exception();
        }
        return read(position);
    }

    private static byte[] decode(String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw CommonProblem.INVALID_CURSOR.exception();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(cursor);
            if (whole.length > SIGNATURE_LENGTH) {
                return whole;
            }
        } catch (IllegalArgumentException e) {
            throw CommonProblem.INVALID_CURSOR.exception().causedBy(e);
        }
        throw CommonProblem.INVALID_CURSOR.exception();
    }

    private static byte[] write(Object... values) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(values.length);
            for (Object value : values) {
                out.writeUTF(value.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> read(byte[] position) {
        try (var in = new DataInputStream(new ByteArrayInputStream(position))) {
            int count = in.readUnsignedByte();
            var values = new ArrayList<String>(count);
            for (int i = 0; i < count; i++) {
                values.add(in.readUTF());
            }
            return List.copyOf(values);
        } catch (IOException e) {
            throw new UncheckedIOException("a signed cursor is whole", e);
        }
    }
}
