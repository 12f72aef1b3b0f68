package io.darvoza.egov.opendata;

import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.Inquiry;
import io.darvoza.egov.provider.VerificationProvider;
import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.setting.Dataset;
import io.darvoza.egov.setting.Settings;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Looks numbers up in data sets of data.egov.kz. What {@code verified} means here: the data set has a row with exactly this number.
 * At most so many questions run at once as the bulkhead has places.
 */
@Component
final class OpenDataProvider implements VerificationProvider {

    static final String NAME = "open-data";

    private final UpstreamCalls calls;
    private final RowVerdict verdicts;
    private final Semaphore places;

    OpenDataProvider(UpstreamCalls calls, RowVerdict verdicts, OpenDataProperties properties) {
        this.calls = calls;
        this.verdicts = verdicts;
        this.places = new Semaphore(properties.inFlight());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assurance assurance() {
        return Assurance.OPEN_DATA;
    }

    @Override
    public boolean needsConsent() {
        return false;
    }

    /** The address is part of it: rows of the sandbox are not rows of the portal. */
    @Override
    public Optional<String> sourceOf(DocumentType type, Settings settings) {
        return settings.keys().isEmpty() || !settings.broken().isEmpty()
                ? Optional.empty()
                : settings.dataset(type).map(dataset -> settings.baseUrl() + "/" + dataset);
    }

    @Override
    public Mono<Verdict> verify(Inquiry inquiry) {
        Dataset dataset = inquiry.settings().dataset(inquiry.number().type()).orElseThrow();
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                return Mono.just(verdicts.failed(Reason.BUSY, dataset, 0));
            }
            return calls.ask(inquiry.settings(), dataset, inquiry.number(), inquiry.purpose())
                    .map(result -> verdict(result, inquiry, dataset))
                    .doFinally(_ -> places.release());
        });
    }

    private Verdict verdict(UpstreamCalls.Result result, Inquiry inquiry, Dataset dataset) {
        return switch (result) {
            case UpstreamCalls.Result.Found found ->
                verdicts.of(inquiry.number(), dataset, found.rows(), found.attempts());
            case UpstreamCalls.Result.Failed failed -> {
                Verdict verdict = verdicts.failed(failed.reason(), dataset, failed.attempts());
                yield new Verdict(
                        verdict.status(),
                        verdict.reason(),
                        verdict.assurance(),
                        verdict.provider(),
                        verdict.source(),
                        verdict.facts(),
                        verdict.attempts(),
                        verdict.checkedAt(),
                        failed.retryAfter());
            }
        };
    }
}
