package io.darvoza.egov.verdictcache;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Inquiry;
import io.darvoza.egov.provider.Providers.Chosen;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks a provider, unless its word of the last minutes still counts. However many ask for the same at the same time, the provider is
 * asked once, on all instances together as a rule. Verdicts that decide nothing are never remembered; when the upstream fails, what it said within the last day stands
 * in, marked as stale.
 */
@Component
public final class Verdicts {

    /** What an instance needs after its upstream's time is over, to keep the verdict. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final VerdictTable table;
    private final Flights flights;
    private final BlindIndex index;
    private final CacheProperties properties;
    private final Clock clock;
    private final Map<ByteBuffer, Mono<Told>> here = new ConcurrentHashMap<>();

    Verdicts(VerdictTable table, Flights flights, BlindIndex index, CacheProperties properties, Clock clock) {
        this.table = table;
        this.flights = flights;
        this.index = index;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A verdict and how it came.
     *
     * @param fromCache whether nobody was asked for it now
     * @param stale whether it stands in for an upstream that failed
     */
    public record Told(Verdict verdict, boolean fromCache, boolean stale) {}

    /** The verdict of the chosen provider. */
    public Mono<Told> of(Inquiry inquiry, Chosen chosen) {
        return Mono.defer(() -> {
            byte[] key = key(inquiry.number(), chosen);
            Remembered known = table.inMemory(key);
            return known != null && isFresh(known)
                    ? Mono.just(new Told(known.verdict(), true, false))
                    : inFlight(key, inquiry, chosen);
        });
    }

    /** Who comes while somebody is asking waits for the same answer; it is remembered before the flight ends. */
    private Mono<Told> inFlight(byte[] key, Inquiry inquiry, Chosen chosen) {
        ByteBuffer flight = ByteBuffer.wrap(key);
        return here.computeIfAbsent(
                flight,
                _ -> table.find(key)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .flatMap(found -> told(
                                key,
                                found.orElse(null),
                                inquiry,
                                chosen,
                                System.nanoTime() + properties.follow().toNanos()))
                        .doFinally(_ -> here.remove(flight))
                        .cache());
    }

    /** @param end when to wait for another instance no more, as {@link System#nanoTime} */
    private Mono<Told> told(byte[] key, @Nullable Remembered known, Inquiry inquiry, Chosen chosen, long end) {
        if (known != null && isFresh(known)) {
            return Mono.just(new Told(known.verdict(), true, false));
        }
        return flights.begin(key, inquiry.settings().timeout().plus(MARGIN)).flatMap(isOurs -> {
            if (isOurs) {
                return unlessToldMeanwhile(key, Mono.defer(() -> asked(key, known, inquiry, chosen)))
                        .flatMap(told -> flights.end(key).thenReturn(told))
                        .onErrorResume(
                                fault -> flights.end(key).onErrorComplete().then(Mono.error(fault)));
            }
            return System.nanoTime() - end > 0
                    ? asked(key, known, inquiry, chosen)
                    : Mono.delay(properties.followPoll())
                            .then(Mono.defer(() -> table.find(key)))
                            .map(Optional::of)
                            .defaultIfEmpty(Optional.empty())
                            .flatMap(found -> told(key, found.orElse(null), inquiry, chosen, end));
        });
    }

    /** Another instance may have ended its flight between this one's look for a verdict and its own beginning. */
    private Mono<Told> unlessToldMeanwhile(byte[] key, Mono<Told> asked) {
        return table.find(key)
                .filter(this::isFresh)
                .map(found -> new Told(found.verdict(), true, false))
                .switchIfEmpty(asked);
    }

    private Mono<Told> asked(byte[] key, @Nullable Remembered known, Inquiry inquiry, Chosen chosen) {
        return chosen.provider().verify(inquiry).flatMap(verdict -> {
            if (verdict.isDecided()) {
                return table.keep(key, remembered(verdict, inquiry)).thenReturn(new Told(verdict, false, false));
            }
            return Mono.just(
                    known != null && mayStandIn(known, verdict.reason())
                            ? new Told(known.verdict(), true, true)
                            : new Told(verdict, false, false));
        });
    }

    private Remembered remembered(Verdict verdict, Inquiry inquiry) {
        Instant now = clock.instant();
        return new Remembered(verdict, now.plus(inquiry.settings().cacheTtl()), now.plus(properties.stale()));
    }

    private boolean isFresh(Remembered known) {
        return clock.instant().isBefore(known.freshUntil());
    }

    private boolean mayStandIn(Remembered known, @Nullable Reason reason) {
        return reason != null && reason.isOfUpstream() && clock.instant().isBefore(known.staleUntil());
    }

    private byte[] key(DocumentNumber number, Chosen chosen) {
        return index.of(
                "verdict_cache",
                "key",
                "%s|%s|%s|%s"
                        .formatted(
                                number.type().word(),
                                number.reveal(),
                                chosen.provider().name(),
                                chosen.source()));
    }
}
