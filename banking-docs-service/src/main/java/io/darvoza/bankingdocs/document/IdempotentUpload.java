package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.bankingdocs.upload.Uploads;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.Begun;
import io.darvoza.common.idempotency.Fingerprint;
import io.darvoza.common.idempotency.Idempotency;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.idempotency.Lease;
import io.darvoza.common.security.Caller;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
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
    private final Idempotency idempotency;
    private final JsonMapper json;

    IdempotentUpload(Uploads uploads, UploadDocument uploadDocument, Idempotency idempotency, JsonMapper json) {
        this.uploads = uploads;
        this.uploadDocument = uploadDocument;
        this.idempotency = idempotency;
        this.json = json;
    }

    /**
     * One request to upload.
     *
     * @param key its idempotency key, if it has one
     * @param parts its body
     * @param metadata reads what the parts before the file say
     */
    record UploadCall(
            Caller caller,
            @Nullable String key,
            ServerHttpRequest request,
            Flux<PartEvent> parts,
            Function<ReceivedUpload, UploadMetadata> metadata) {}

    /** The answer 201 with {@code Location}, {@code ETag} and an {@link UploadResponse}; the kept one for a repetition. */
    Mono<Answer> run(UploadCall call) {
        String key = call.key();
        if (key == null) {
            return receive(call, command -> uploadDocument.handle(command, stored -> Mono.just(answer(stored))));
        }
        return Mono.defer(() ->
                        idempotency.begin(new IdempotencyScope(call.caller().principalKey(), OPERATION, key)))
                .flatMap(begun -> switch (begun) {
                    case Begun.Started(Lease lease) -> idempotency.holding(lease, first(call, lease));
                    case Begun.Answered answered ->
                        receive(call, command -> Mono.fromSupplier(() -> answered.replay(fingerprint(command))));
                });
    }

    private Mono<Answer> first(UploadCall call, Lease lease) {
        return receive(
                call,
                command -> uploadDocument.handle(
                        command, stored -> idempotency.complete(lease, fingerprint(command), answer(stored))));
    }

    private Mono<Answer> receive(UploadCall call, Function<UploadCommand, Mono<Answer>> use) {
        return uploads.receive(
                call.request().getHeaders(),
                call.parts(),
                file -> Mono.fromSupplier(() ->
                                new UploadCommand(call.caller(), call.metadata().apply(file), file))
                        .flatMap(use));
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
