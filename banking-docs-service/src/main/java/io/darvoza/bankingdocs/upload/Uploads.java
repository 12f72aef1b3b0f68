package io.darvoza.bankingdocs.upload;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Flux;
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

    /** What boundaries and part headers may take beside the content. */
    private static final long FRAMING_BYTES = 64 * 1024;

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
     * @param headers the request's
     * @param parts its body
     */
    public <T> Mono<T> receive(HttpHeaders headers, Flux<PartEvent> parts, Function<ReceivedUpload, Mono<T>> use) {
        long most =
                properties.maxFileSize().toBytes() + properties.maxFieldsSize().toBytes() + FRAMING_BYTES;
        if (headers.getContentLength() > most) {
            return Mono.error(PartAssembly.tooLarge(properties.maxFileSize().toBytes()));
        }
        return Mono.usingWhen(place(), _ -> spooled(parts, use), PooledRef::release);
    }

    private Mono<PooledRef<Object>> place() {
        return places.acquire(properties.waitTimeout())
                .onErrorMap(
                        fault -> fault instanceof PoolAcquireTimeoutException
                                || fault instanceof PoolAcquirePendingLimitException,
                        fault -> BankingDocsProblem.UPLOADS_BUSY.exception().retryAfter(COME_BACK_IN));
    }

    private <T> Mono<T> spooled(Flux<PartEvent> parts, Function<ReceivedUpload, Mono<T>> use) {
        return Mono.usingWhen(spool.open(), file -> read(parts, file).flatMap(use), spool::discard);
    }

    private Mono<ReceivedUpload> read(Flux<PartEvent> parts, SpooledFile file) {
        PartAssembly assembly = new PartAssembly(file, properties);
        return parts.timeout(properties.idleTimeout())
                .map(Arrived::new)
                .publishOn(spool.writers(), PREFETCH)
                .doOnNext(arrived -> assembly.accept(arrived.event()))
                .doOnDiscard(Arrived.class, Arrived::release)
                .then(Mono.fromSupplier(assembly::complete))
                .timeout(properties.totalTimeout())
                .onErrorMap(fault -> assembly.refusal().orElseGet(() -> problemOf(fault)));
    }

    /**
     * An event that waits for its writer. A type of its own, since Spring releases discarded {@link PartEvent}s itself, and
     * the hook below would do it once more.
     */
    private record Arrived(PartEvent event) {

        private void release() {
            DataBufferUtils.release(event.content());
        }
    }

    private static Throwable problemOf(Throwable fault) {
        return switch (fault) {
            case ProblemException problem -> problem;
            case TimeoutException slow -> CommonProblem.REQUEST_TIMEOUT.exception();
            case DataBufferLimitException tooMuch -> CommonProblem.CONTENT_TOO_LARGE.exception();
            case ServerWebInputException unreadable
            when unreadable.getCause() instanceof DataBufferLimitException ->
                CommonProblem.CONTENT_TOO_LARGE.exception();
            case ServerWebInputException unreadable -> PartAssembly.malformed("unreadable");
            case DecodingException unreadable -> PartAssembly.malformed("unreadable");
            default -> fault;
        };
    }
}
