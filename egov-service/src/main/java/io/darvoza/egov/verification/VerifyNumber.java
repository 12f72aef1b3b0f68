package io.darvoza.egov.verification;

import io.darvoza.common.database.Insert;
import io.darvoza.common.reactive.Detached;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Inquiry;
import io.darvoza.egov.provider.LocalProvider;
import io.darvoza.egov.provider.Providers;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.darvoza.egov.setting.CurrentSettings;
import io.darvoza.egov.setting.Settings;
import io.darvoza.egov.verdictcache.Verdicts;
import io.darvoza.egov.verdictcache.Verdicts.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Verifies a number: its digits first, then what is remembered, then the provider. Whatever comes of it is a row of its own and an
 * event, in one transaction, also when the caller does not wait for it. A number whose digits are wrong reaches nobody else.
 */
@Service
public final class VerifyNumber {

    private final CurrentSettings settings;
    private final LocalProvider local;
    private final Providers providers;
    private final Verdicts verdicts;
    private final KeepVerification keep;
    private final Detached detached;

    VerifyNumber(
            CurrentSettings settings,
            LocalProvider local,
            Providers providers,
            Verdicts verdicts,
            KeepVerification keep,
            Detached detached) {
        this.settings = settings;
        this.local = local;
        this.providers = providers;
        this.verdicts = verdicts;
        this.keep = keep;
        this.detached = detached;
    }

    /** The verification with its verdict, which may be that nobody could tell. */
    public Mono<Verification> verify(DocumentNumber number, Asker asker, Purpose purpose) {
        return verify(number, asker, purpose, _ -> List.of());
    }

    /**
     * The same.
     *
     * @param alongside what is written in the same transaction
     */
    Mono<Verification> verify(
            DocumentNumber number, Asker asker, Purpose purpose, Function<Verification, List<Insert.Row>> alongside) {
        return detached.run(
                "egov.verify", told(number, purpose).flatMap(told -> keep.withOthers(number, asker, told, alongside)));
    }

    /** How an attempt ended that may be repeated later. */
    public sealed interface Attempt {

        /** The verification is kept. */
        record Done(Verification verification) implements Attempt {}

        /** Nobody could tell, and nothing is kept. */
        record Undecided(Reason reason, @Nullable Duration retryAfter) implements Attempt {}
    }

    /**
     * The same for who can wait: a verdict that another try may better is not kept, unless it is the last try.
     *
     * @param alongside what is written in the same transaction
     */
    public Mono<Attempt> attempt(
            DocumentNumber number,
            Asker asker,
            Purpose purpose,
            Function<Verification, Mono<Void>> alongside,
            boolean isLast) {
        return told(number, purpose).flatMap(told -> {
            Reason reason = told.verdict().reason();
            boolean mayBetter = told.verdict().status() == VerificationStatus.FAILED;
            return reason != null && mayBetter && (reason.asksToWait() || !isLast)
                    ? Mono.<Attempt>just(
                            new Attempt.Undecided(reason, told.verdict().retryAfter()))
                    : keep.alone(number, asker, told, alongside).<Attempt>map(Attempt.Done::new);
        });
    }

    private Mono<Told> told(DocumentNumber number, Purpose purpose) {
        Optional<Verdict> refusal = local.refuse(number);
        return refusal.isPresent()
                ? Mono.just(ofUs(refusal.get()))
                : settings.now().flatMap(now -> asked(number, purpose, now));
    }

    private Mono<Told> asked(DocumentNumber number, Purpose purpose, Settings now) {
        if (!now.broken().isEmpty()) {
            return undecided(VerificationStatus.FAILED, Reason.CONFIG_ERROR);
        }
        if (!now.isEnabled()) {
            return undecided(VerificationStatus.FAILED, Reason.DISABLED);
        }
        Optional<Providers.Chosen> chosen = providers.forType(number.type(), now);
        return chosen.isEmpty()
                ? undecided(VerificationStatus.PENDING, Reason.NO_PROVIDER)
                : verdicts.of(Inquiry.of(number, purpose, now), chosen.get());
    }

    private Mono<Told> undecided(VerificationStatus status, Reason reason) {
        return Mono.just(ofUs(local.undecided(status, reason)));
    }

    private static Told ofUs(Verdict verdict) {
        return new Told(verdict, false, false);
    }
}
