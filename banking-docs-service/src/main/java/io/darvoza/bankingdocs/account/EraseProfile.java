package io.darvoza.bankingdocs.account;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets what is known of a person; the account's number stays, because kept documents are under it. */
@Component
public final class EraseProfile {

    private final DatabaseClient database;

    EraseProfile(DatabaseClient database) {
        this.database = database;
    }

    /** Forgets it in the caller's transaction; tells whether there is such an account. */
    public Mono<Boolean> handle(long accountId) {
        return database.sql("""
                        update user_account set first_name = null, last_name = null, middle_name = null, birthday = null,
                            address = null, inn = null, inn_index = null, tax_id_kind = null, sex_id = null,
                            fin_position_id = null, row_version = row_version + 1
                        where id = :id
                        """).bind("id", accountId).fetch().rowsUpdated().map(rows -> rows == 1);
    }
}
