package io.darvoza.bankingdocs.upload;

import io.darvoza.common.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;

/**
 * Takes the bytes of a multipart body within bounds and gives its parts to whoever puts them together.
 *
 * <p>What is refused in the middle is read on, up to as much again as is allowed, and thrown away: most clients first send
 * all and then look for the answer, and would find the connection closed instead.
 */
final class BodyIntake {

    private static final int MAX_HEAD_BYTES = 8 * 1024;

    private final MultipartReader reader;
    private final long maxBodySize;
    private final long maxFileSize;
    private volatile @Nullable ProblemException refusal;
    private long received;
    private long thrownAway;

    /**
     * @param type of the body
     * @param maxBodySize most bytes that are read
     * @param maxFileSize what a caller is told when there are more, and most bytes that are thrown away
     */
    BodyIntake(@Nullable MediaType type, MultipartReader.Parts parts, long maxBodySize, long maxFileSize) {
        this.reader = new MultipartReader(type, MAX_HEAD_BYTES, parts);
        this.maxBodySize = maxBodySize;
        this.maxFileSize = maxFileSize;
    }

    /** Takes the next bytes of the body; the buffer stays the caller's. */
    void accept(DataBuffer buffer) {
        try (DataBuffer.ByteBufferIterator chunks = buffer.readableByteBuffers()) {
            while (chunks.hasNext()) {
                accept(chunks.next());
            }
        }
    }

    private void accept(ByteBuffer bytes) {
        ProblemException reason = refusal;
        if (reason != null) {
            throwAway(bytes.remaining(), reason);
            return;
        }
        try {
            received += bytes.remaining();
            if (received > maxBodySize) {
                throw PartAssembly.tooLarge(maxFileSize);
            }
            reader.accept(bytes);
        } catch (ProblemException first) {
            refusal = first;
        }
    }

    private void throwAway(int bytes, ProblemException reason) {
        thrownAway += bytes;
        if (thrownAway > maxFileSize) {
            throw reason;
        }
    }

    /** Why this body is refused, if it is: more to the point than whatever ends it later. */
    Optional<Throwable> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** To be called after the last byte: raises the refusal, if there was one, and refuses a body that was cut. */
    void finish() {
        if (refusal != null) {
            throw refusal;
        }
        reader.finish();
    }
}
