package io.darvoza.common.objectstore;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An {@link ObjectStore} in one bucket of an S3 store. */
final class S3ObjectStore implements ObjectStore {

    /** Big enough to sign few chunks, small enough for twenty uploads at once. */
    private static final int FILE_CHUNK_BYTES = 128 * 1024;

    private final S3AsyncClient client;
    private final String bucket;

    S3ObjectStore(S3AsyncClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Mono<Void> put(String key, Path file, String contentType) {
        return put(
                PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType),
                AsyncRequestBody.fromFile(body -> body.path(file).chunkSizeInBytes(FILE_CHUNK_BYTES)));
    }

    @Override
    public Mono<Void> put(String key, Flux<DataBuffer> content, long length, String contentType) {
        return put(
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentType(contentType)
                        .contentLength(length),
                AsyncRequestBody.fromPublisher(content.map(S3ObjectStore::taken)));
    }

    private Mono<Void> put(PutObjectRequest.Builder request, AsyncRequestBody body) {
        return Mono.fromFuture(() -> client.putObject(request.build(), body))
                .onErrorMap(S3ObjectStore::unavailable)
                .then();
    }

    @Override
    public Flux<DataBuffer> get(String key, @Nullable ByteRange range) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .range(range == null ? null : range.header())
                .build();
        return Mono.fromFuture(() -> client.getObject(request, AsyncResponseTransformer.toPublisher()))
                .flatMapMany(Flux::from)
                .<DataBuffer>map(DefaultDataBufferFactory.sharedInstance::wrap)
                .onErrorMap(fault ->
                        isMissing(fault) ? CommonProblem.NOT_FOUND.exception().causedBy(fault) : unavailable(fault));
    }

    @Override
    public Mono<StoredObject> stat(String key) {
        return Mono.fromFuture(
                        () -> client.headObject(head -> head.bucket(bucket).key(key)))
                .map(head -> new StoredObject(key, head.contentLength(), head.lastModified()))
                .onErrorResume(S3ObjectStore::isMissing, missing -> Mono.empty())
                .onErrorMap(S3ObjectStore::unavailable);
    }

    @Override
    public Mono<Void> delete(String key) {
        return Mono.fromFuture(() ->
                        client.deleteObject(delete -> delete.bucket(bucket).key(key)))
                .onErrorMap(S3ObjectStore::unavailable)
                .then();
    }

    @Override
    public Flux<StoredObject> list(String prefix, @Nullable String startAfter) {
        return Flux.defer(() -> Flux.from(client.listObjectsV2Paginator(
                                list -> list.bucket(bucket).prefix(prefix).startAfter(startAfter))
                        .contents()))
                .map(S3ObjectStore::stored)
                .onErrorMap(S3ObjectStore::unavailable);
    }

    @Override
    public Mono<Long> abortUnfinishedUploads(String prefix, Instant startedBefore) {
        return Flux.defer(() -> Flux.from(client.listMultipartUploadsPaginator(
                                list -> list.bucket(bucket).prefix(prefix))
                        .uploads()))
                .filter(upload -> upload.initiated().isBefore(startedBefore))
                .concatMap(this::abort)
                .count()
                .onErrorMap(S3ObjectStore::unavailable);
    }

    private Mono<MultipartUpload> abort(MultipartUpload upload) {
        return Mono.fromFuture(() -> client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())))
                .thenReturn(upload);
    }

    /** The client keeps chunks until they are signed and sent; pooled buffers would be reused under it. */
    private static ByteBuffer taken(DataBuffer buffer) {
        try {
            ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
            buffer.toByteBuffer(copy);
            return copy;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static StoredObject stored(S3Object object) {
        return new StoredObject(object.key(), object.size(), object.lastModified());
    }

    private static boolean isMissing(Throwable fault) {
        return fault instanceof NoSuchKeyException
                || (fault instanceof CompletionException && fault.getCause() instanceof NoSuchKeyException);
    }

    private static Throwable unavailable(Throwable fault) {
        return fault instanceof ProblemException
                ? fault
                : CommonProblem.SERVICE_UNAVAILABLE.exception().causedBy(fault);
    }
}
