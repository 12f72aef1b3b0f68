package io.darvoza.common.cursor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes the cursors of a service's lists. All instances of a service share the key, so any of them can go on. */
public final class KeysetCursors {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "darvoza keyset cursor v1";

    private final SecretKeySpec key;

    /** Takes its own key out of the given one (32 bytes), so that neither tells anything of the other. */
    public KeysetCursors(byte[] indexKey) {
        if (indexKey.length != 32) {
            throw new IllegalArgumentException("the index key has 32 bytes, not " + indexKey.length);
        }
        byte[] derived = mac(new SecretKeySpec(indexKey, ALGORITHM), LABEL.getBytes(StandardCharsets.UTF_8));
        this.key = new SecretKeySpec(derived, ALGORITHM);
    }

    /**
     * The cursor of one query. A position that was made for another operation or other filters is refused.
     *
     * @param operation a fixed name of the list, such as {@code abs.documents}
     * @param filters every value that chooses or orders rows, absent ones as null; the caller too, if rows depend on it
     */
    public KeysetCursor forQuery(String operation, @Nullable Object... filters) {
        var query = new StringBuilder(operation);
        for (Object filter : filters) {
            String text = filter == null ? "" : filter.toString();
            query.append('\0')
                    .append(filter == null ? '-' : '+')
                    .append(text.length())
                    .append(':')
                    .append(text);
        }
        return new KeysetCursor(this, query.toString());
    }

    /** The first 16 bytes of the MAC over query and position. */
    byte[] sign(String query, byte[] position) {
        byte[] name = query.getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(Integer.BYTES + name.length + position.length)
                .putInt(name.length)
                .put(name)
                .put(position);
        return Arrays.copyOf(mac(key, message.array()), KeysetCursor.SIGNATURE_LENGTH);
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
