package io.darvoza.common.objectstore;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Objects under keys that the suite makes; a client's name never becomes one. Whatever an object's size, memory stays flat:
 * contents pass in chunks and wait for whoever consumes them.
 *
 * <p>A fault of the store ends any of these operations with
 * {@link io.darvoza.common.problem.CommonProblem#SERVICE_UNAVAILABLE}, after the adapter's own bounded retries.
 */
public interface ObjectStore {

    /** Stores a file. The object appears whole or not at all, and replaces one with the same key. */
    Mono<Void> put(String key, Path file, String contentType);

    /**
     * Stores a stream of exactly {@code length} bytes; another length is a fault and leaves nothing behind. The stream can
     * be read once only, so nothing is retried. Releases every buffer.
     */
    Mono<Void> put(String key, Flux<DataBuffer> content, long length, String contentType);

    /**
     * The content of an object, whole or one range of it. Signals {@link io.darvoza.common.problem.CommonProblem#NOT_FOUND}
     * before the first buffer when there is no such object. The buffers belong to the subscriber.
     */
    Flux<DataBuffer> get(String key, @Nullable ByteRange range);

    /** What the store knows of an object; empty when there is none. */
    Mono<StoredObject> stat(String key);

    /** Removes an object; one that is not there is removed already. */
    Mono<Void> delete(String key);

    /**
     * All objects whose key begins with {@code prefix} and comes after {@code startAfter}, in the order of their keys (UTF-8
     * bytes). The next page is fetched as it is asked for.
     */
    Flux<StoredObject> list(String prefix, @Nullable String startAfter);

    /**
     * Ends uploads in parts under {@code prefix} that began before an instant and were never completed: they cost room and
     * appear in no list. This port begins none, yet a store is reached by more than one program. Returns how many.
     */
    Mono<Long> abortUnfinishedUploads(String prefix, Instant startedBefore);
}
