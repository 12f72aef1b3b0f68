package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.bankingdocs.upload.Uploads;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.Fingerprint;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives an upload and adds its document; under an {@code Idempotency-Key} once, however often it is sent. A repeated
 * upload is known by its metadata and the SHA-256 of its file, since a client sends the same parts between other boundaries.
 */
@Component
final class IdempotentUpload {

    private static final String OPERATION = "documents.upload";

    private final Uploads uploads;
    private final UploadDocument uploadDocument;
    private final LeasedUpload leased;
    private final JsonMapper json;

    IdempotentUpload(Uploads uploads, UploadDocument uploadDocument, LeasedUpload leased, JsonMapper json) {
        this.uploads = uploads;
        this.uploadDocument = uploadDocument;
        this.leased = leased;
        this.json = json;
    }

    /**
     * One request to upload.
     *
     * @param request whose body is the upload
     * @param metadata reads what the parts before the file say
     * @param key finds the idempotency key in header or parts
     */
    record UploadCall(
            Caller caller,
            ServerHttpRequest request,
            Function<ReceivedUpload, UploadMetadata> metadata,
            Function<ReceivedUpload, Optional<String>> key) {

        /** Raises {@link CommonProblem#INVALID_IDEMPOTENCY_KEY} for a key that is none. */
        static IdempotencyScope scope(Caller caller, String key) {
            return new IdempotencyScope(caller.principalKey(), OPERATION, key);
        }
    }

    /** The answer 201 with {@code Location}, {@code ETag} and an {@link UploadResponse}; the kept one for a repetition. */
    Mono<Answer> run(UploadCall call) {
        return uploads.receive(call.request(), file -> Mono.defer(() -> add(call, file)));
    }

    private Mono<Answer> add(UploadCall call, ReceivedUpload file) {
        return one(
                UploadCommand.of(call.caller(), call.metadata().apply(file), file),
                call.key().apply(file).map(key -> UploadCall.scope(call.caller(), key)));
    }

    /** The same answer for a file that is received already. */
    Mono<Answer> one(UploadCommand command, Optional<IdempotencyScope> key) {
        return leased.run(
                key, fingerprint(command), this::answer, alsoCommit -> uploadDocument.handle(command, alsoCommit));
    }

    private Fingerprint fingerprint(UploadCommand command) {
        return Fingerprint.of(
                json.writeValueAsString(command.metadata()), command.file().sha256());
    }

    private Answer answer(StoredDocument stored) {
        return Answer.of(HttpStatus.CREATED.value(), json.writeValueAsString(UploadResponse.from(stored)))
                .withHeader(
                        HttpHeaders.LOCATION,
                        "/v1/abs/documents/" + stored.document().id())
                .withHeader(HttpHeaders.ETAG, "\"" + stored.document().rowVersion() + "\"");
    }
}
