package io.darvoza.egov.provider;

import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.setting.Settings;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Somebody who can be asked about a number. An implementation keeps its upstream's limits itself, asks it by whatever protocol it
 * speaks, and never fails: what goes wrong is a verdict.
 */
public interface VerificationProvider {

    /** The name in answers and in the database. */
    String name();

    /** What its verdicts are worth. */
    Assurance assurance();

    /** Whether it may be asked with the person's consent only. */
    boolean needsConsent();

    /**
     * Where it would look such a number up under these settings: data set, version and field, or a service's name. Empty when it
     * cannot. Verdicts of another place are not remembered as this one's.
     */
    Optional<String> sourceOf(DocumentType type, Settings settings);

    /** The verdict, within the time-out of the settings. Asked for sources that it has only. */
    Mono<Verdict> verify(Inquiry inquiry);
}
