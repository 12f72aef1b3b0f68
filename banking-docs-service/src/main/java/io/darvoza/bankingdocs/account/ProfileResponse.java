package io.darvoza.bankingdocs.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client's profile.
 *
 * @param inn in clear: whoever reads it may
 * @param finPosition the bank's word on the client's means
 */
@Schema(name = "ClientProfile")
record ProfileResponse(
        long userId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String middleName,
        @Nullable LocalDate birthday,
        @Nullable String address,
        @Nullable String inn,
        @Nullable String sex,
        @Nullable Integer finPositionId,
        @Nullable String finPosition) {

    static ProfileResponse from(ClientProfiles.Stored stored) {
        ClientProfile profile = stored.profile();
        return new ProfileResponse(
                stored.account().id(),
                stored.account().firstName(),
                stored.account().lastName(),
                profile.middleName() == null ? null : profile.middleName().reveal(),
                profile.birthday(),
                profile.address() == null ? null : profile.address().reveal(),
                profile.inn() == null ? null : profile.inn().reveal(),
                profile.sex() == null ? null : profile.sex().name().toLowerCase(Locale.ROOT),
                profile.finPositionId(),
                stored.finPosition());
    }

    /** Without what is known of the client. */
    @Override
    public String toString() {
        return "ProfileResponse[" + userId + "]";
    }
}
