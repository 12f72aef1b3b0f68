package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Puts a batch together: first the part {@code documents}, a JSON text, then parts {@code files}. A file that is too large
 * is not kept to its end, and does not keep the others from coming in.
 */
final class BatchAssembly implements Assembly<ReceivedBatch>, MultipartReader.Parts {

    private static final String DOCUMENTS = "documents";
    private static final String FILES = "files";

    private final Spool spool;
    private final UploadProperties limits;
    private final BodyIntake body;
    private final List<SpooledFile> files = new CopyOnWriteArrayList<>();
    private final List<ReceivedBatch.Item> items = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable String documents;
    private @Nullable PartHead head;
    private boolean tooLarge;

    /** @param type of the body */
    BatchAssembly(@Nullable MediaType type, Spool spool, UploadProperties limits) {
        this.spool = spool;
        this.limits = limits;
        this.body = new BodyIntake(
                type, this, limits.maxBatchBodySize(), limits.maxBatchSize().toBytes());
    }

    @Override
    public BodyIntake body() {
        return body;
    }

    /** All files that were begun, to be discarded. */
    List<SpooledFile> files() {
        return files;
    }

    @Override
    public ReceivedBatch complete() {
        body.finish();
        if (documents == null) {
            throw PartAssembly.malformed("documents_missing");
        }
        return new ReceivedBatch(documents, items);
    }

    @Override
    public void begin(PartHead next) {
        boolean first = documents == null;
        if (first != next.name().equals(DOCUMENTS) || (!first && !next.name().equals(FILES))) {
            throw PartAssembly.malformed(first ? "documents_missing" : "part_unknown");
        }
        if (!first) {
            if (items.size() == limits.maxBatchItems()) {
                throw BankingDocsProblem.MALFORMED_UPLOAD
                        .exception()
                        .with("reason", "too_many_files")
                        .with("max_items", limits.maxBatchItems());
            }
            files.add(spool.openHere());
            tooLarge = false;
        }
        head = next;
    }

    @Override
    public void content(ByteBuffer bytes) {
        if (documents == null) {
            addToText(bytes);
            return;
        }
        SpooledFile file = files.getLast();
        tooLarge = tooLarge
                || file.size() + bytes.remaining() > limits.maxFileSize().toBytes();
        if (!tooLarge) {
            file.write(bytes);
        }
    }

    private void addToText(ByteBuffer bytes) {
        long most = limits.maxFieldsSize().toBytes();
        if (text.size() + bytes.remaining() > most) {
            throw PartAssembly.tooLarge(most);
        }
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        text.writeBytes(some);
    }

    @Override
    public void end() {
        if (documents == null || head == null) {
            documents = text.toString(StandardCharsets.UTF_8);
            return;
        }
        SpooledFile file = files.getLast();
        String sha256 = file.finish();
        items.add(new ReceivedBatch.Item(
                head.filename(),
                new ReceivedUpload(Map.of(), file.path(), file.size(), sha256, head.type(), head.filename()),
                tooLarge));
    }
}
