package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;

/**
 * Puts one upload together from its parts, in the order in which they come: small text parts first, then one part
 * {@code file}, and nothing after it. That order lets everything about a file be known before its first byte.
 *
 * <p>What is refused in the middle is read on, up to as much again as is allowed, and thrown away: most clients first send
 * all and then look for the answer, and would find the connection closed instead.
 */
final class PartAssembly implements MultipartReader.Parts {

    private static final String FILE = "file";
    private static final int MAX_HEAD_BYTES = 8 * 1024;

    private final SpooledFile file;
    private final long maxFileSize;
    private final long maxFieldsSize;
    private final long maxBodySize;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private long fieldsSize;
    private final MultipartReader reader;
    private String openPart = "";
    private @Nullable PartHead fileHead;
    private volatile @Nullable ProblemException refusal;
    private long received;
    private long thrownAway;

    /** @param type of the body */
    PartAssembly(@Nullable MediaType type, SpooledFile file, UploadProperties limits) {
        this.reader = new MultipartReader(type, MAX_HEAD_BYTES, this);
        this.file = file;
        this.maxFileSize = limits.maxFileSize().toBytes();
        this.maxFieldsSize = limits.maxFieldsSize().toBytes();
        this.maxBodySize = limits.maxBodySize();
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
        if (refusal != null) {
            throwAway(bytes.remaining(), refusal);
            return;
        }
        try {
            received += bytes.remaining();
            if (received > maxBodySize) {
                throw tooLarge(maxFileSize);
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

    /** Why this upload is refused, if it is: more to the point than whatever ends it later. */
    Optional<Throwable> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The upload, once all parts have come. */
    ReceivedUpload complete() {
        if (refusal != null) {
            throw refusal;
        }
        reader.finish();
        if (fileHead == null) {
            throw malformed("file_missing");
        }
        String sha256 = file.finish();
        return new ReceivedUpload(
                fields, file.path(), file.size(), sha256, fileHead.type(), FileName.harmless(fileHead.filename()));
    }

    @Override
    public void begin(PartHead head) {
        if (fileHead != null) {
            throw malformed("part_after_file");
        }
        if (fields.containsKey(head.name())) {
            throw malformed("part_repeated");
        }
        if (head.name().equals(FILE)) {
            fileHead = head;
        }
        openPart = head.name();
    }

    @Override
    public void content(ByteBuffer bytes) {
        if (fileHead != null) {
            addToFile(bytes);
        } else {
            addToField(bytes);
        }
    }

    private void addToFile(ByteBuffer bytes) {
        if (file.size() + bytes.remaining() > maxFileSize) {
            throw tooLarge(maxFileSize);
        }
        file.write(bytes);
    }

    private void addToField(ByteBuffer bytes) {
        fieldsSize += bytes.remaining();
        if (fieldsSize > maxFieldsSize) {
            throw tooLarge(maxFieldsSize);
        }
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        field.writeBytes(some);
    }

    @Override
    public void end() {
        if (fileHead == null) {
            fields.put(openPart, field.toString(StandardCharsets.UTF_8));
            field.reset();
        }
    }

    static ProblemException tooLarge(long maxBytes) {
        return CommonProblem.CONTENT_TOO_LARGE.exception().with("max_bytes", maxBytes);
    }

    static ProblemException malformed(String reason) {
        return BankingDocsProblem.MALFORMED_UPLOAD.exception().with("reason", reason);
    }
}
