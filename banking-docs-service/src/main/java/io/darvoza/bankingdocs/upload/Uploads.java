package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Receives uploads into files. Memory stays flat however many there are: at most {@code parallel} run, each with a few
 * buffers in flight, and a client is read only as fast as the disk takes it.
 */
@Component
public final class Uploads {

    /** Buffers in flight per upload, of at most 64 KB each. */
    private static final int PREFETCH = 8;

    private static final Duration COME_BACK_IN = Duration.ofSeconds(5);

    private final Spool spool;
    private final UploadProperties properties;
    private final InstrumentedPool<Object> places;

    Uploads(Spool spool, UploadProperties properties) {
        this.spool = spool;
        this.properties = properties;
        this.places = PoolBuilder.from(Mono.fromSupplier(Object::new))
                .sizeBetween(0, properties.parallel())
                .maxPendingAcquire(properties.waiting())
                .buildPool();
    }

    /**
     * Receives one upload and lends it to {@code use}; afterwards its file is gone, however that or the receiving ended.
     *
     * <p>Problems: {@link BankingDocsProblem#UPLOADS_BUSY} when no place gets free in time,
     * {@link CommonProblem#CONTENT_TOO_LARGE}, {@link CommonProblem#REQUEST_TIMEOUT} for a client that is too slow,
     * {@link BankingDocsProblem#MALFORMED_UPLOAD} for a body that breaks off or has other parts.
     *
     * @param request whose body nobody else reads
     */
    public <T> Mono<T> receive(ServerHttpRequest request, Function<ReceivedUpload, Mono<T>> use) {
        if (request.getHeaders().getContentLength() > properties.maxBodySize()) {
            return Mono.error(PartAssembly.tooLarge(properties.maxFileSize().toBytes()));
        }
        return Mono.usingWhen(place(), _ -> spooled(request, use), PooledRef::release);
    }

    /**
     * Receives many files in one body and lends them to {@code use}; afterwards they are gone, however that or the receiving
     * ended. It takes one place, as a single upload does. The same problems.
     *
     * @param request whose body nobody else reads
     */
    public <T> Mono<T> receiveBatch(ServerHttpRequest request, Function<ReceivedBatch, Mono<T>> use) {
        if (request.getHeaders().getContentLength() > properties.maxBatchBodySize()) {
            return Mono.error(PartAssembly.tooLarge(properties.maxBatchSize().toBytes()));
        }
        return Mono.usingWhen(place(), _ -> spooledBatch(request, use), PooledRef::release);
    }

    private Mono<PooledRef<Object>> place() {
        return places.acquire(properties.waitTimeout())
                .onErrorMap(
                        fault -> fault instanceof PoolAcquireTimeoutException
                                || fault instanceof PoolAcquirePendingLimitException,
                        fault -> BankingDocsProblem.UPLOADS_BUSY.exception().retryAfter(COME_BACK_IN));
    }

    private <T> Mono<T> spooled(ServerHttpRequest request, Function<ReceivedUpload, Mono<T>> use) {
        return Mono.usingWhen(spool.open(), file -> read(request, file).flatMap(use), spool::discard);
    }

    private <T> Mono<T> spooledBatch(ServerHttpRequest request, Function<ReceivedBatch, Mono<T>> use) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new BatchAssembly(request.getHeaders().getContentType(), spool, properties)),
                assembly -> read(request, assembly).flatMap(use),
                assembly -> spool.discard(assembly.files()));
    }

    private Mono<ReceivedUpload> read(ServerHttpRequest request, SpooledFile file) {
        return read(request, new PartAssembly(request.getHeaders().getContentType(), file, properties));
    }

    private <U> Mono<U> read(ServerHttpRequest request, Assembly<U> assembly) {
        return request.getBody()
                .timeout(properties.idleTimeout())
                .publishOn(spool.writers(), PREFETCH)
                .doOnNext(buffer -> take(buffer, assembly.body()))
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .then(Mono.fromSupplier(assembly::complete))
                .timeout(properties.totalTimeout())
                .onErrorMap(fault -> assembly.body().refusal().orElseGet(() -> problemOf(fault)));
    }

    private static void take(DataBuffer buffer, BodyIntake body) {
        try {
            body.accept(buffer);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static Throwable problemOf(Throwable fault) {
        return switch (fault) {
            case ProblemException problem -> problem;
            case TimeoutException slow -> CommonProblem.REQUEST_TIMEOUT.exception();
            default -> fault;
        };
    }
}
