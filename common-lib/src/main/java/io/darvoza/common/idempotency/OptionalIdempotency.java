package io.darvoza.common.idempotency;

import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.common.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands of people who may, and need not, send an {@code Idempotency-Key}. */
public final class OptionalIdempotency {

    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final JsonMapper json;

    OptionalIdempotency(
            Idempotency idempotency, TransactionalOperator transaction, Detached detached, JsonMapper json) {
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.detached = detached;
        this.json = json;
    }

    /**
     * Runs the command in one transaction that ends whether or not the caller still listens. With a key it takes effect once,
     * and its answer is given again.
     *
     * @param operation a fixed name of the command, such as {@code receipts.record}
     * @param request what the key stands for
     */
    public Mono<ResponseEntity<String>> run(
            @Nullable String key, Caller caller, String operation, Record request, Mono<Answer> command) {
        Mono<Answer> effect = command.doOnNext(_ -> Failpoint.reached(operation + ".before-commit"));
        Mono<Answer> once = key == null
                ? effect.as(transaction::transactional)
                : idempotency.once(
                        new IdempotencyScope(caller.principalKey(), operation, key),
                        Fingerprint.of(operation, json.writeValueAsString(request)),
                        effect);
        return detached.run(operation, once.doOnNext(_ -> Failpoint.reached(operation + ".after-commit")))
                .map(Answer::toResponse);
    }

    /** The answer to a command that changed something, with its version after that. */
    public Answer changed(long version, Record changed) {
        return Answer.of(200, json.writeValueAsString(changed)).withHeader("ETag", VersionTag.of(version));
    }

    /** The answer to a command that is done. */
    public Answer done(Record result) {
        return Answer.of(200, json.writeValueAsString(result));
    }

    /** The answer to a command that made something. */
    public Answer created(String location, Record made) {
        return Answer.of(201, json.writeValueAsString(made)).withHeader("Location", location);
    }

    /** The answer to a command that another person has to confirm. */
    public Answer accepted(Record waiting) {
        return Answer.of(202, json.writeValueAsString(waiting));
    }
}
