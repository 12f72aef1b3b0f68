package io.darvoza.egov.opendata;

import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.setting.Dataset;
import io.darvoza.egov.setting.Settings;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the upstream for any one row: the portal has no address for health. One request, counted like every other. */
@Component
public final class UpstreamProbe {

    private static final List<DocumentType> CHEAPEST_FIRST =
            List.of(DocumentType.IIN, DocumentType.PASSPORT, DocumentType.BIN);

    private final UpstreamCalls calls;

    UpstreamProbe(UpstreamCalls calls) {
        this.calls = calls;
    }

    /** What is wrong; empty when nothing is. */
    public Mono<Optional<Reason>> look(Settings settings) {
        if (!settings.broken().isEmpty()) {
            return Mono.just(Optional.of(Reason.CONFIG_ERROR));
        }
        if (!settings.isEnabled()) {
            return Mono.just(Optional.of(Reason.DISABLED));
        }
        Optional<Dataset> dataset = CHEAPEST_FIRST.stream()
                .flatMap(type -> settings.dataset(type).stream())
                .findFirst();
        return dataset.isEmpty() || settings.keys().isEmpty()
                ? Mono.just(Optional.of(Reason.NO_PROVIDER))
                : calls.ask(settings, dataset.get(), null, Purpose.PROBE).map(UpstreamProbe::wrong);
    }

    private static Optional<Reason> wrong(UpstreamCalls.Result result) {
        return switch (result) {
            case UpstreamCalls.Result.Found _ -> Optional.empty();
            case UpstreamCalls.Result.Failed failed -> Optional.of(failed.reason());
        };
    }
}
