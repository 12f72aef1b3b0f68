package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;

/**
 * Puts one upload together from the events of its parts, in the order in which they come: small text parts first, then one
 * part {@code file}, and nothing after it. That order lets everything about a file be known before its first byte.
 *
 * <p>What is refused in the middle is read on, up to as much again as is allowed, and thrown away: most clients first send
 * all and then look for the answer, and would find the connection closed instead.
 */
final class PartAssembly {

    private static final String FILE = "file";

    private final SpooledFile file;
    private final long maxFileSize;
    private final long maxFieldsSize;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private long fieldsSize;
    private @Nullable String openPart;
    private @Nullable PartEvent fileHead;
    private volatile @Nullable ProblemException refusal;
    private long thrownAway;

    PartAssembly(SpooledFile file, UploadProperties limits) {
        this.file = file;
        this.maxFileSize = limits.maxFileSize().toBytes();
        this.maxFieldsSize = limits.maxFieldsSize().toBytes();
    }

    /** Takes the next event and releases its content. */
    void accept(PartEvent event) {
        try {
            if (refusal == null) {
                add(event);
            } else {
                throwAway(event.content().readableByteCount(), refusal);
            }
        } catch (ProblemException first) {
            if (refusal != null) {
                throw first;
            }
            refusal = first;
        } finally {
            DataBufferUtils.release(event.content());
        }
    }

    private void add(PartEvent event) {
        if (openPart == null) {
            openPart = begin(event);
        }
        if (openPart.equals(FILE)) {
            addToFile(event.content());
        } else {
            addToField(event.content());
        }
        if (event.isLast()) {
            end(openPart);
            openPart = null;
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
        if (fileHead == null) {
            throw malformed("file_missing");
        }
        String sha256 = file.finish();
        MediaType declared = fileHead.headers().getContentType();
        String name = fileHead instanceof FilePartEvent named ? named.filename() : "";
        return new ReceivedUpload(
                fields,
                file.path(),
                file.size(),
                sha256,
                declared == null
                        ? MediaType.APPLICATION_OCTET_STREAM_VALUE
                        : declared.getType() + "/" + declared.getSubtype(),
                FileName.harmless(name));
    }

    private String begin(PartEvent event) {
        String name = event.headers().getContentDisposition().getName();
        if (name == null) {
            throw malformed("part_without_name");
        }
        if (fileHead != null) {
            throw malformed("part_after_file");
        }
        if (fields.containsKey(name)) {
            throw malformed("part_repeated");
        }
        if (name.equals(FILE)) {
            fileHead = event;
        }
        return name;
    }

    private void addToFile(DataBuffer content) {
        if (file.size() + content.readableByteCount() > maxFileSize) {
            throw tooLarge(maxFileSize);
        }
        file.write(content);
    }

    private void addToField(DataBuffer content) {
        fieldsSize += content.readableByteCount();
        if (fieldsSize > maxFieldsSize) {
            throw tooLarge(maxFieldsSize);
        }
        byte[] bytes = new byte[content.readableByteCount()];
        content.read(bytes);
        field.writeBytes(bytes);
    }

    private void end(String part) {
        if (!part.equals(FILE)) {
            fields.put(part, field.toString(StandardCharsets.UTF_8));
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
