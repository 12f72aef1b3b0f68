package io.darvoza.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Partners as rows, for tests of features that only need one to be there. */
public final class TestPartners {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private TestPartners() {}

    /** A partner in RUB of a Keycloak client; the one that is there already, if so. */
    public static UUID add(DatabaseClient database, String clientId) {
        database.sql("""
                        insert into partner (id, client_id, name, currency, status, ttl_seconds, deposit_bps,
                                             deposit_min_minor, withdrawal_bps, withdrawal_min_minor, created_at)
                        values (:id, :client, :client, 'RUB', 'active', 900, 250, 0, 250, 0, :now)
                        on conflict (client_id) do nothing
                        """)
                .bind("id", UUID.randomUUID())
                .bind("client", clientId)
                .bind("now", Instant.now())
                .then()
                .block(BOUND);
        return database.sql("select id from partner where client_id = :client")
                .bind("client", clientId)
                .mapValue(UUID.class)
                .one()
                .block(BOUND);
    }
}
