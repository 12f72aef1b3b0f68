package io.darvoza.bankingdocs.account;

import io.darvoza.common.masking.Inn;
import io.darvoza.common.masking.PersonalText;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the bank knows of a client beside the account. Written texts mask themselves.
 *
 * @param middleName not in the access token, as first and last name are
 * @param inn a person's tax number
 * @param sex {@code male} or {@code female}
 * @param finPositionId number of the dictionary {@code fin_position}
 */
record ClientProfile(
        @Nullable PersonalText middleName,
        @Nullable LocalDate birthday,
        @Nullable PersonalText address,
        @Nullable Inn inn,
        @Nullable Sex sex,
        @Nullable Integer finPositionId) {

    /** As the dictionary {@code sex} has them. */
    enum Sex {
        MALE(1),
        FEMALE(2);

        private final int id;

        Sex(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }

        static Sex ofId(int id) {
            return values()[id - 1];
        }
    }

    /** Without what is known of the client. */
    @Override
    public String toString() {
        return "ClientProfile[…]";
    }
}
