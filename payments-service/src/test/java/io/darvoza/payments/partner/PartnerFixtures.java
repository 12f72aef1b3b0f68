package io.darvoza.payments.partner;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Partners of tests, in the database. */
public final class PartnerFixtures {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private PartnerFixtures() {}

    /** A new active partner in roubles at 250 basis points. */
    public static Partner added(DatabaseClient database, Partners partners) {
        UUID id = UUID.randomUUID();
        Await.within(
                database.sql("""
                                insert into partner (id, client_id, name, currency, status, ttl_seconds,
                                    deposit_bps, deposit_min_minor, withdrawal_bps, withdrawal_min_minor, created_at)
                                values (:id, :client, 'Test', 'RUB', 'active', 900, 250, 0, 250, 0, now())
                                """).bind("id", id).bind("client", "client-" + id).then(), BOUND);
        return Objects.requireNonNull(Await.within(partners.find(id), BOUND));
    }
}
