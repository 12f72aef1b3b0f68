package io.darvoza.egov.health;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Rounds;
import io.darvoza.egov.opendata.UpstreamProbe;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.setting.CurrentSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks whether the upstream is there, once per pause over all instances. Callers of health never cause a request. */
@Component
@ConditionalOnBooleanProperty(name = "darvoza.egov.background", matchIfMissing = true)
class ProbeJob extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(ProbeJob.class);

    /** How often an instance asks whether a look is due: a change of settings should not be judged by a look from before it. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Duration BOUND = Duration.ofMinutes(2);

    private final ProbeTable table;
    private final UpstreamProbe upstream;
    private final CurrentSettings settings;
    private final HealthProperties properties;

    ProbeJob(ProbeTable table, UpstreamProbe upstream, CurrentSettings settings, HealthProperties properties) {
        super("egov-probe", Duration.ZERO);
        this.table = table;
        this.upstream = upstream;
        this.settings = settings;
        this.properties = properties;
    }

    /** Looks if a look is due. */
    Mono<Void> lookIfDue() {
        return table.claim(properties.every())
                .filter(Boolean::booleanValue)
                .flatMap(_ -> settings.now())
                .flatMap(now -> {
                    long start = System.nanoTime();
                    return upstream.look(now)
                            .flatMap(wrong -> table.end(wordOf(wrong), Duration.ofNanos(System.nanoTime() - start)));
                });
    }

    private static @Nullable String wordOf(Optional<Reason> wrong) {
        return wrong.map(Reason::name).orElse(null);
    }

    @Override
    protected Duration round() {
        try {
            if (properties.enabled()) {
                Await.within(lookIfDue(), BOUND);
            }
        } catch (RuntimeException fault) {
            log.warn("the upstream was not looked at: {}", fault.toString());
        }
        return TICK;
    }
}
