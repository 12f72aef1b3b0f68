package io.darvoza.egov.opendata;

import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.setting.ApiKey;
import io.darvoza.egov.setting.Dataset;
import io.darvoza.egov.setting.Settings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks one question: up to as many tries as the settings allow, each with a slot of its own, all within one time-out. A key that
 * the upstream refuses gives way to the next one, once.
 */
@Component
class UpstreamCalls {

    private final OpenDataClient client;
    private final RateSlots slots;
    private final UpstreamBreaker breaker;
    private final OpenDataProperties properties;
    private final MeterRegistry meters;

    UpstreamCalls(
            OpenDataClient client,
            RateSlots slots,
            UpstreamBreaker breaker,
            OpenDataProperties properties,
            MeterRegistry meters) {
        this.client = client;
        this.slots = slots;
        this.breaker = breaker;
        this.properties = properties;
        this.meters = meters;
    }

    /** How a question ended. */
    sealed interface Result {

        record Found(List<Map<String, String>> rows, int attempts) implements Result {

            @Override
            public String toString() {
                return "Found[" + rows.size() + "]";
            }
        }

        record Failed(Reason reason, int attempts, @Nullable Duration retryAfter) implements Result {}
    }

    /** @param number null to ask for any one row */
    Mono<Result> ask(Settings settings, Dataset dataset, @Nullable DocumentNumber number, Purpose purpose) {
        return Mono.defer(() -> new Question(settings, dataset, number, purpose).next());
    }

    /** One question with what it has used up. */
    private final class Question {

        private final Settings settings;
        private final Dataset dataset;
        private final @Nullable DocumentNumber number;
        private final Purpose purpose;
        private final int tries;
        private final long end;
        private int attempts;
        private int keyIndex;
        private Reason last = Reason.UPSTREAM_TIMEOUT;

        private Question(Settings settings, Dataset dataset, @Nullable DocumentNumber number, Purpose purpose) {
            this.settings = settings;
            this.dataset = dataset;
            this.number = number;
            this.purpose = purpose;
            this.tries = purpose == Purpose.PROBE ? 1 : settings.tries();
            this.end = System.nanoTime() + settings.timeout().toNanos();
        }

        private Mono<Result> next() {
            if (attempts >= tries || left().isNegative()) {
                return failed(last, null);
            }
            if (keyIndex >= settings.keys().size()) {
                return failed(Reason.UPSTREAM_AUTH, null);
            }
            CircuitBreaker guard = breaker.guard();
            if (!guard.tryAcquirePermission()) {
                return failed(Reason.BREAKER_OPEN, breaker.openFor());
            }
            ApiKey key = settings.keys().get(keyIndex);
            return slots.take(key.id(), purpose, settings.ratePerMinute())
                    .doOnError(_ -> guard.releasePermission())
                    .flatMap(slot -> with(slot, key, guard));
        }

        private Mono<Result> with(Slot slot, ApiKey key, CircuitBreaker guard) {
            if (slot instanceof Slot.Granted granted) {
                return send(granted, key, guard);
            }
            guard.releasePermission();
            return switch (slot) {
                case Slot.Spent spent -> failed(Reason.QUOTA, spent.rest());
                case Slot.Paused paused -> failed(Reason.UPSTREAM_RATE, paused.rest());
                case Slot.Refused _, Slot.Granted _ -> nextKey();
            };
        }

        private Mono<Result> send(Slot.Granted slot, ApiKey key, CircuitBreaker guard) {
            attempts++;
            long start = System.nanoTime();
            return client.ask(settings.baseUrl(), dataset, number, key, slot, left())
                    .doOnCancel(guard::releasePermission)
                    .doOnError(_ -> guard.releasePermission())
                    .flatMap(answer -> {
                        tell(answer, guard, System.nanoTime() - start);
                        return after(answer, key);
                    });
        }

        private Mono<Result> after(Answer answer, ApiKey key) {
            return switch (answer) {
                case Answer.Rows found -> Mono.just(new Result.Found(found.rows(), attempts));
                case Answer.NotSent _ -> {
                    last = Reason.BUSY;
                    yield next();
                }
                case Answer.Failure failure -> after(failure, key);
            };
        }

        private Mono<Result> after(Answer.Failure failure, ApiKey key) {
            last = failure.reason();
            return switch (failure.reason()) {
                case UPSTREAM_AUTH ->
                    slots.refuse(key.id(), properties.keyRefusedFor()).then(Mono.defer(this::nextKey));
                case UPSTREAM_RATE -> {
                    Duration rest = restOf(failure);
                    yield slots.pause(key.id(), rest).then(Mono.defer(() -> again(rest)));
                }
                default -> failure.isWorthRepeating() ? again(pause()) : failed(failure.reason(), null);
            };
        }

        private Mono<Result> nextKey() {
            keyIndex++;
            return next();
        }

        /** After a pause, if it is worth waiting for; else the caller is told how long it would be. */
        private Mono<Result> again(Duration pause) {
            boolean isTooLong = pause.compareTo(properties.longestPause()) > 0 || pause.compareTo(left()) >= 0;
            return isTooLong || attempts >= tries
                    ? failed(last, last == Reason.UPSTREAM_RATE ? pause : null)
                    : Mono.delay(pause).then(Mono.defer(this::next));
        }

        /** Doubles with each try; between half of it and the whole. */
        private Duration pause() {
            long whole = properties.firstPause().toNanos() << Math.min(attempts - 1, 10);
            return Duration.ofNanos(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
        }

        private Duration restOf(Answer.Failure failure) {
            Duration asked = failure.rest() == null ? properties.rateLimitedFor() : failure.rest();
            return asked.compareTo(properties.restAtMost()) > 0 ? properties.restAtMost() : asked;
        }

        private Duration left() {
            return Duration.ofNanos(end - System.nanoTime());
        }

        private Mono<Result> failed(Reason reason, @Nullable Duration retryAfter) {
            return Mono.just(new Result.Failed(reason, attempts, retryAfter));
        }

        private void tell(Answer answer, CircuitBreaker guard, long nanos) {
            boolean ill = answer instanceof Answer.Failure failure && failure.countsForBreaker();
            if (answer instanceof Answer.NotSent) {
                guard.releasePermission();
            } else if (ill) {
                guard.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException("upstream is ill"));
            } else {
                guard.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
            meters.counter("darvoza.egov.upstream.requests", "outcome", wordOf(answer))
                    .increment();
        }
    }

    private static String wordOf(Answer answer) {
        return switch (answer) {
            case Answer.Rows _ -> "rows";
            case Answer.NotSent _ -> "not_sent";
            case Answer.Failure failure -> failure.reason().name().toLowerCase(Locale.ROOT);
        };
    }
}
