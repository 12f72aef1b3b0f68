package io.darvoza.local.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Who takes part: partners with a key each, registered by an administrator over HTTP and prefunded in the ledger; operators; the
 * cards of a local run, with money on them.
 *
 * @param operators their tokens
 */
record PaymentsCast(List<BenchPartner> partners, List<String> operators, String administrator, List<UUID> cards) {

    private static final String PARTNERS = "/v1/payments/admin/partners";

    private static final String PREFUND = """
            select ledger_post(uuidv7(), null, 'prefund', null, 'RUB', 'bench', null, now(),
                array['settlement', 'available'], array[null, id], array['D', 'C'], array[100000000000, 100000000000])
            from partner where client_id like 'bench-%'
            """;

    /** Receipts that no order takes, as the ledger's check expects of what stands in suspense. */
    private static final String FILL_CARDS = """
            with received as (
                insert into card_receipt (id, card_id, currency, amount_minor, bank_reference, recorded_by, recorded_at)
                select uuidv7(), id, 'RUB', 1000000000000, 'bench', 'bench', now() from card
                returning card_id)
            select ledger_post(uuidv7(), null, 'receipt', null, 'RUB', 'bench', null, now(),
                array['float', 'suspense'], array[card_id, null], array['D', 'C'], array[1000000000000, 1000000000000])
            from received
            """;

    static PaymentsCast gather(PaymentsSite site, BenchTokens tokens, PaymentsPlan plan) {
        var administrator = person(tokens, "payments_admin");
        var partners = new ArrayList<BenchPartner>();
        try (var line = new HttpLine(site.gateway().port());
                var sql = site.sql(PaymentsSite.SERVICE)) {
            for (var i = 0; i < plan.partners(); i++) {
                partners.add(register(line, administrator, tokens, "bench-" + i));
            }
            sql.run(PREFUND);
            sql.run(FILL_CARDS);
            // Of the tables that hold something: one that is vacuumed while it is empty is planned for as one of no
            // rows.
            sql.run("vacuum analyze partner, api_key, card, card_counter, ledger_account, ledger_balance, audit_log");
            var cards = sql.texts("select id from card order by id").stream()
                    .map(UUID::fromString)
                    .toList();
            var operators = IntStream.range(0, plan.clients())
                    .mapToObj(_ -> person(tokens, "payments_operator"))
                    .toList();
            return new PaymentsCast(List.copyOf(partners), operators, administrator, cards);
        }
    }

    private static BenchPartner register(HttpLine line, String administrator, BenchTokens tokens, String client) {
        var wish = """
                {"client_id":"%1$s","currency":"RUB","terms":{"name":"%1$s"}}""".formatted(client);
        var made = line.send("POST", PARTNERS, bearer(administrator), wish);
        if (made.status() != 201) {
            throw PaymentFlow.unexpected(URI.create(PARTNERS), made);
        }
        return new BenchPartner(
                UUID.fromString(made.member("id")),
                tokens.of(UUID.randomUUID(), client, "service-account-" + client, "partner"),
                made.member("key_id"),
                HexFormat.of().parseHex(made.member("secret_hex")));
    }

    private static String person(BenchTokens tokens, String role) {
        return tokens.of(UUID.randomUUID(), "mobile", role, role);
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }
}
