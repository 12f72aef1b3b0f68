package io.darvoza.bankingdocs.account;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.masking.Inn;
import io.darvoza.common.masking.PersonalText;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Profiles of clients in table {@code user_account}; birthday, address and tax number are encrypted there. */
@Component
final class ClientProfiles {

    private static final String TABLE = "user_account";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;

    ClientProfiles(DatabaseClient database, FieldCipher cipher, BlindIndex index) {
        this.database = database;
        this.cipher = cipher;
        this.index = index;
    }

    /** A profile with the account that it belongs to and the version of their row. */
    record Stored(
            Account account,
            ClientProfile profile,
            @Nullable String finPosition,
            long rowVersion) {}

    /** The profile of an account; empty when there is no such account. */
    Mono<Stored> of(long id) {
        return read(id, "");
    }

    /** The same; until the end of the transaction nobody else changes it. */
    Mono<Stored> lock(long id) {
        return read(id, " for no key update of a");
    }

    private Mono<Stored> read(long id, String suffix) {
        return database.sql("""
                        select a.id, a.keycloak_sub, a.user_type_id, a.first_name, a.last_name, a.middle_name, a.birthday,
                               a.address, a.inn, a.sex_id, a.fin_position_id, a.row_version, f.pos
                        from user_account a left join fin_position f on f.id = a.fin_position_id
                        where a.id = :id
                        """ + suffix).bind("id", id).map(this::stored).one();
    }

    /** Writes the whole profile of an account. A number that the dictionary of financial positions lacks breaks its key. */
    Mono<Void> save(long id, ClientProfile profile) {
        Inn inn = profile.inn();
        return database.sql("""
                        update user_account set middle_name = :middleName, birthday = :birthday, address = :address,
                            inn = :inn, inn_index = :innIndex, tax_id_kind = :kind, sex_id = :sex,
                            fin_position_id = :position, row_version = row_version + 1
                        where id = :id
                        """)
                .bind("id", id)
                .bind("middleName", SqlValue.of(String.class, reveal(profile.middleName())))
                .bind("birthday", encrypted(id, "birthday", text(profile.birthday())))
                .bind("address", encrypted(id, "address", reveal(profile.address())))
                .bind("inn", encrypted(id, "inn", inn == null ? null : inn.reveal()))
                .bind("innIndex", SqlValue.of(byte[].class, inn == null ? null : index.of(TABLE, "inn", inn.reveal())))
                .bind("kind", SqlValue.of(String.class, inn == null ? null : "inn"))
                .bind(
                        "sex",
                        SqlValue.of(
                                Integer.class,
                                profile.sex() == null ? null : profile.sex().id()))
                .bind("position", SqlValue.of(Integer.class, profile.finPositionId()))
                .then();
    }

    private Object encrypted(long id, String column, @Nullable String value) {
        return SqlValue.of(byte[].class, value == null ? null : cipher.encrypt(value, place(id, column)));
    }

    private @Nullable String decrypted(Readable row, String column) {
        byte[] ciphertext = row.get(column, byte[].class);
        return ciphertext == null ? null : cipher.decrypt(ciphertext, place(required(row, "id", Long.class), column));
    }

    private static FieldPlace place(long id, String column) {
        return new FieldPlace(TABLE, column, Long.toString(id));
    }

    private Stored stored(Readable row) {
        Account account = new Account(
                required(row, "id", Long.class),
                required(row, "keycloak_sub", String.class),
                AccountType.ofId(required(row, "user_type_id", Integer.class)),
                row.get("first_name", String.class),
                row.get("last_name", String.class));
        return new Stored(
                account, profile(row), row.get("pos", String.class), required(row, "row_version", Long.class));
    }

    private ClientProfile profile(Readable row) {
        String birthday = decrypted(row, "birthday");
        String inn = decrypted(row, "inn");
        Integer sex = row.get("sex_id", Integer.class);
        return new ClientProfile(
                personal(row.get("middle_name", String.class)),
                birthday == null ? null : LocalDate.parse(birthday),
                personal(decrypted(row, "address")),
                inn == null ? null : new Inn(inn),
                sex == null ? null : ClientProfile.Sex.ofId(sex),
                row.get("fin_position_id", Integer.class));
    }

    private static @Nullable PersonalText personal(@Nullable String text) {
        return text == null ? null : new PersonalText(text);
    }

    private static @Nullable String reveal(@Nullable PersonalText text) {
        return text == null ? null : text.reveal();
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
