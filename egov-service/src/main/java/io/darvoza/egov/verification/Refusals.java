package io.darvoza.egov.verification;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.egov.EgovProblem;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Which verdicts are not answers but problems. */
final class Refusals {

    private static final Duration SOON = Duration.ofSeconds(5);

    private Refusals() {}

    /** The problem of a verification that decided nothing; empty when the verdict is an answer. */
    static Optional<ProblemException> of(Verification verification) {
        return typeOf(verification).map(type -> problem(type, verification));
    }

    /** The same for the seed's operations, to which a failure of the upstream is an answer, too. */
    static Optional<ProblemException> ofSeed(Verification verification) {
        return typeOf(verification)
                .filter(type -> type.status().value() == 429
                        || type == EgovProblem.EGOV_DISABLED
                        || type == EgovProblem.CONSENT_REQUIRED)
                .map(type -> problem(type, verification).with("success", false));
    }

    private static Optional<EgovProblem> typeOf(Verification verification) {
        Reason reason = verification.verdict().reason();
        return reason == null
                ? Optional.empty()
                : Optional.ofNullable(
                        switch (reason) {
                            case FORMAT, CHECKSUM, NOT_FOUND, EXPIRED_DOC, REVOKED_DOC, NO_PROVIDER -> null;
                            case DISABLED -> EgovProblem.EGOV_DISABLED;
                            case CONFIG_ERROR -> EgovProblem.CONFIG_ERROR;
                            case NO_CONSENT -> EgovProblem.CONSENT_REQUIRED;
                            case QUOTA -> EgovProblem.UPSTREAM_LIMIT_REACHED;
                            case BUSY, BREAKER_OPEN, UPSTREAM_RATE -> EgovProblem.PROVIDER_UNAVAILABLE;
                            case UPSTREAM_TIMEOUT -> EgovProblem.PROVIDER_TIMEOUT;
                            case UPSTREAM_ERROR, UPSTREAM_AUTH, UPSTREAM_FORMAT, UPSTREAM_REFUSED ->
                                EgovProblem.PROVIDER_FAILED;
                        });
    }

    private static ProblemException problem(EgovProblem type, Verification verification) {
        Verdict verdict = verification.verdict();
        ProblemException problem = type.exception()
                .with("verification_id", verification.id())
                .with("reason", String.valueOf(verdict.reason()));
        boolean passes = type == EgovProblem.UPSTREAM_LIMIT_REACHED || type == EgovProblem.PROVIDER_UNAVAILABLE;
        return passes ? problem.retryAfter(verdict.retryAfter() == null ? SOON : verdict.retryAfter()) : problem;
    }
}
