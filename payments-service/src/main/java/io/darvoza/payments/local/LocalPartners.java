package io.darvoza.payments.local;

import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.signature.ApiKeys;
import io.darvoza.payments.signature.KeySecret;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The partners {@code partner} and {@code partner2}, in roubles, prefunded with 1 000 000.00 by posting L6. */
@Component
@Profile("local")
final class LocalPartners {

    static final String ACTOR = "system:local-data";

    private static final long PREFUND_MINOR = 100_000_000;

    private final DatabaseClient database;
    private final Ledger ledger;
    private final ApiKeys keys;
    private final LocalProperties properties;
    private final Clock clock;

    LocalPartners(DatabaseClient database, Ledger ledger, ApiKeys keys, LocalProperties properties, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    /** A partner whose ids never change, so that the launcher can tell its key. */
    private record Sample(UUID id, UUID keyId, String clientId, String name) {}

    private static final List<Sample> ALL = List.of(
            sample(1, "partner", "Партнёр Первый (вымышленный)"),
            sample(2, "partner2", "Партнёр Второй (вымышленный)"));

    private static Sample sample(int number, String clientId, String name) {
        return new Sample(
                UUID.fromString("00000000-0000-7000-8000-00000000051" + number),
                UUID.fromString("00000000-0000-7000-8000-00000000052" + number),
                clientId,
                name);
    }

    /** Writes those that are not there yet; money comes once, with the partner. */
    Mono<Void> write() {
        return Flux.fromIterable(ALL).concatMap(this::write).then();
    }

    private Mono<Void> write(Sample sample) {
        Mono<Void> money =
                Mono.defer(() -> ledger.post(Posting.prefund(sample.id(), PREFUND_MINOR), Currency.RUB, ACTOR));
        return insert(sample).flatMap(added -> added ? money : Mono.empty()).then(Mono.defer(() -> key(sample)));
    }

    private Mono<Boolean> insert(Sample sample) {
        return database.sql("""
                        insert into partner (id, client_id, name, currency, status, ttl_seconds, deposit_bps,
                            deposit_min_minor, withdrawal_bps, withdrawal_min_minor, created_at)
                        values (:id, :client, :name, 'RUB', 'active', 900, 250, 0, 250, 0, :now)
                        on conflict do nothing
                        """)
                .bind("id", sample.id())
                .bind("client", sample.clientId())
                .bind("name", sample.name())
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<Void> key(Sample sample) {
        String hex = properties.secrets().get(sample.clientId());
        return hex == null
                ? Mono.empty()
                : keys.keep(sample.keyId(), sample.id(), ApiKeys.Wish.forEverything("local"), KeySecret.ofHex(hex));
    }
}
