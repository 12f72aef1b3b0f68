package io.darvoza.bankingdocs.account;

import io.darvoza.common.masking.Inn;
import io.darvoza.common.masking.PersonalText;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client's profile as it is to be; absent members are taken away. First and last name come from the access token.
 *
 * @param inn 12 digits of a person, or 10 of an organisation, with right check digits
 * @param finPositionId number of the dictionary {@code fin-positions}
 */
@Schema(name = "ClientProfileChange")
record ProfileRequest(
        @Schema(maxLength = 100) @Nullable String middleName,
        @Nullable LocalDate birthday,
        @Schema(maxLength = 500) @Nullable String address,

        @Schema(pattern = "^[0-9]{10}([0-9]{2})?$") @Nullable
        String inn,

        @Schema(allowableValues = {"male", "female"}) @Nullable
        String sex,

        @Nullable Integer finPositionId) {

    private static final LocalDate FIRST_BIRTHDAY = LocalDate.of(1900, 1, 1);

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with all members that break rules. */
    ClientProfile toProfile(LocalDate today) {
        ProblemException invalid = CommonProblem.VALIDATION_FAILED.exception();
        boolean valid = isText(middleName, 100) || refuse(invalid, "/middle_name", "1..100, no control characters");
        valid &= isText(address, 500) || refuse(invalid, "/address", "1..500, no control characters");
        valid &= birthday == null
                || (birthday.isBefore(today) && !birthday.isBefore(FIRST_BIRTHDAY))
                || refuse(invalid, "/birthday", "a day of the past, from 1900 on");
        valid &= inn == null || Inn.isValid(inn) || refuse(invalid, "/inn", "10 or 12 digits with right check digits");
        valid &= sex == null || sex.equals("male") || sex.equals("female") || refuse(invalid, "/sex", "male or female");
        if (!valid) {
            throw invalid;
        }
        return new ClientProfile(
                middleName == null ? null : new PersonalText(middleName.strip()),
                birthday,
                address == null ? null : new PersonalText(address.strip()),
                inn == null ? null : new Inn(inn),
                sex == null ? null : ClientProfile.Sex.valueOf(sex.toUpperCase(Locale.ROOT)),
                finPositionId);
    }

    private static boolean isText(@Nullable String text, int most) {
        return text == null
                || (!text.isBlank() && text.length() <= most && text.chars().noneMatch(Character::isISOControl));
    }

    private static boolean refuse(ProblemException invalid, String pointer, String detail) {
        // Gathers all places; the exception is thrown once, at the end.
        var unused = invalid.error(pointer, detail);
        return false;
    }

    /** Without what is known of the client. */
    @Override
    public String toString() {
        return "ProfileRequest[…]";
    }
}
