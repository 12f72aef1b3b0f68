package io.darvoza.bankingdocs.account;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Accounts} in table {@code user_account}. */
@Component
final class R2dbcAccounts implements Accounts {

    private static final String COLUMNS = "id, keycloak_sub, user_type_id, first_name, last_name";

    private final DatabaseClient database;
    private final Clock clock;

    R2dbcAccounts(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<Account> ofSubject(String subject) {
        return database.sql("select " + COLUMNS + " from user_account where keycloak_sub = :subject")
                .bind("subject", subject)
                .map(R2dbcAccounts::account)
                .one();
    }

    @Override
    public Mono<Account> withId(long id) {
        return database.sql("select " + COLUMNS + " from user_account where id = :id")
                .bind("id", id)
                .map(R2dbcAccounts::account)
                .one();
    }

    @Override
    public Mono<Account> save(Profile profile) {
        return database.sql("""
                        insert into user_account (keycloak_sub, user_type_id, first_name, last_name, created_at)
                        values (:subject, :type, :firstName, :lastName, :now)
                        on conflict (keycloak_sub) do update
                        set user_type_id = excluded.user_type_id, first_name = excluded.first_name,
                            last_name = excluded.last_name, row_version = user_account.row_version + 1
                        returning %s
                        """.formatted(COLUMNS))
                .bind("subject", profile.subject())
                .bind("type", profile.type().id())
                .bind("firstName", text(profile.firstName()))
                .bind("lastName", text(profile.lastName()))
                .bind("now", clock.instant())
                .map(R2dbcAccounts::account)
                .one();
    }

    private static Object text(@Nullable String value) {
        return value == null ? Parameters.in(R2dbcType.VARCHAR) : value;
    }

    private static Account account(Readable row) {
        return new Account(
                Objects.requireNonNull(row.get("id", Long.class)),
                Objects.requireNonNull(row.get("keycloak_sub", String.class)),
                AccountType.ofId(Objects.requireNonNull(row.get("user_type_id", Integer.class))),
                row.get("first_name", String.class),
                row.get("last_name", String.class));
    }
}
