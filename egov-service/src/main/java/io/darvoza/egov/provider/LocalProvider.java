package io.darvoza.egov.provider;

import io.darvoza.egov.number.Bin;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.number.PassportNumber;
import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Facts;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the digits say by themselves. It only refuses: a right number is pending until somebody who knows was asked. Never on the
 * way to an upstream, always before it.
 */
@Component
public final class LocalProvider {

    public static final String NAME = "local";

    private final PassportProperties passports;
    private final Clock clock;

    LocalProvider(PassportProperties passports, Clock clock) {
        this.passports = passports;
        this.clock = clock;
    }

    /** A verdict of invalid on a number that cannot exist; empty for all others. */
    public Optional<Verdict> refuse(DocumentNumber number) {
        Reason flaw = flaw(number);
        return flaw == null ? Optional.empty() : Optional.of(verdict(VerificationStatus.INVALID, flaw));
    }

    /** The verdict on a right number when nobody can be asked. */
    public Verdict undecided(VerificationStatus status, Reason reason) {
        return verdict(status, reason);
    }

    private @Nullable Reason flaw(DocumentNumber number) {
        return switch (number) {
            case Iin iin -> iin.hasRightCheckDigit() ? null : Reason.CHECKSUM;
            case Bin bin when !bin.isOfOrganisation() -> Reason.FORMAT;
            case Bin bin -> bin.hasRightCheckDigit() ? null : Reason.CHECKSUM;
            case PassportNumber passport -> isKnown(passport) ? null : Reason.FORMAT;
        };
    }

    private boolean isKnown(PassportNumber passport) {
        return passports.forms().stream()
                .anyMatch(form -> form.matcher(passport.reveal()).matches());
    }

    private Verdict verdict(VerificationStatus status, Reason reason) {
        return new Verdict(status, reason, Assurance.LOCAL, NAME, null, Facts.NONE, 0, clock.instant(), null);
    }
}
