package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.payments.partner.PartnerFixtures;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.vault.PanVault;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** Calls of the administration's operations, each on an object that is there. */
public final class AdministrationExamples {

    private final DatabaseClient database;
    private final PanVault vault;
    private final UUID partner;
    private final UUID card;

    public AdministrationExamples(ApplicationContext service) {
        database = service.getBean(DatabaseClient.class);
        partner =
                PartnerFixtures.added(database, service.getBean(Partners.class)).id();
        vault = service.getBean(PanVault.class);
        card = CardFixtures.added(database, vault, "TJS");
    }

    public Example of(Operation operation) {
        String path = operation
                .path()
                .replace("/partners/{id}", "/partners/" + partner)
                .replace("/cards/{id}", "/cards/" + card)
                .replace("{code}", "TJS");
        if (path.contains("/receipts/{id}")) {
            return Example.of(path.replace("{id}", receipt().toString()));
        }
        if (path.contains("/card-moves/{id}")) {
            return Example.of(path.replace("{id}", cardMove().toString()));
        }
        if (path.contains("{bin}")) {
            return Example.json(path.replace("{bin}", blockedBin()), "{}");
        }
        if (path.contains("{vacation}")) {
            return Example.of(path.replace("{vacation}", vacation().toString()));
        }
        if (path.contains("/cases/{id}")) {
            path = path.replace("{id}", openCase().toString());
        }
        return operation.method().equals("GET") ? Example.of(path) : Example.json(path, "{}");
    }

    private UUID receipt() {
        return await(database.sql("""
                        insert into card_receipt (id, card_id, currency, amount_minor, bank_reference, recorded_by, recorded_at)
                        values (gen_random_uuid(), '%s', 'TJS', 1, gen_random_uuid(), 'user:1', now()) returning id
                        """.formatted(card)).mapValue(UUID.class).one());
    }

    private UUID cardMove() {
        UUID other = CardFixtures.added(database, vault, "TJS");
        return await(
                database.sql("""
                        insert into card_move (id, from_card, to_card, currency, amount_minor, bank_fee_minor, bank_reference,
                            moved_by, moved_at)
                        values (gen_random_uuid(), '%s', '%s', 'TJS', 1, 0, gen_random_uuid(), 'user:1', now()) returning id
                        """.formatted(card, other)).mapValue(UUID.class).one());
    }

    private String blockedBin() {
        await(database.sql("insert into blocked_bin (bin, reason, created_at) values ('22999999', 'test', now())"
                        + " on conflict do nothing")
                .then());
        return "22999999";
    }

    private UUID vacation() {
        return await(database.sql("""
                        insert into card_vacation (id, card_id, starts_at, ends_at, zone, reason, created_by)
                        values (gen_random_uuid(), '%s', now(), now() + interval '1 day', 'UTC', 'test', 'user:1') returning id
                        """.formatted(card)).mapValue(UUID.class).one());
    }

    private UUID openCase() {
        return await(database.sql("""
                        insert into compliance_case (id, indicator, details, status, opened_at)
                        values (gen_random_uuid(), 'test', '{}', 'open', now()) returning id
                        """).mapValue(UUID.class).one());
    }
}
