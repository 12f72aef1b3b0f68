package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Puts one upload together from its parts, in the order in which they come: small text parts first, then one part
 * {@code file}, and nothing after it. That order lets everything about a file be known before its first byte.
 */
final class PartAssembly implements Assembly<ReceivedUpload>, MultipartReader.Parts {

    private static final String FILE = "file";

    private final SpooledFile file;
    private final long maxFileSize;
    private final long maxFieldsSize;
    private final BodyIntake body;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private long fieldsSize;
    private String openPart = "";
    private @Nullable PartHead fileHead;

    /** @param type of the body */
    PartAssembly(@Nullable MediaType type, SpooledFile file, UploadProperties limits) {
        this.file = file;
        this.maxFileSize = limits.maxFileSize().toBytes();
        this.maxFieldsSize = limits.maxFieldsSize().toBytes();
        this.body = new BodyIntake(type, this, limits.maxBodySize(), maxFileSize);
    }

    @Override
    public BodyIntake body() {
        return body;
    }

    /** The upload, once all parts have come. */
    @Override
    public ReceivedUpload complete() {
        body.finish();
        if (fileHead == null) {
            throw malformed("file_missing");
        }
        String sha256 = file.finish();
        return new ReceivedUpload(fields, file.path(), file.size(), sha256, fileHead.type(), fileHead.filename());
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
