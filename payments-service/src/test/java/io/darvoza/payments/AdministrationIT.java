package io.darvoza.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.reactive.Await;
import io.darvoza.payments.vault.CardNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** The administration of partners, limits, currencies and blocked card numbers as callers with tokens see it. */
class AdministrationIT extends AdministrationFixture {

    @Test
    void theLocalRunHasTwoPrefundedPartnersAndTwentyCards() {
        List<Map<String, Object>> partners = list(get("/partners"), "partners");
        assertThat(partners).extracting(partner -> partner.get("client_id")).contains("partner", "partner2");
        assertThat(text("""
                        select string_agg(b.balance::text, ',') from ledger_balance b
                        join ledger_account a on a.id = b.account_id join partner p on p.id = a.owner_id
                        where a.kind = 'available' and p.client_id in ('partner', 'partner2')
                        """)).isEqualTo("100000000,100000000");
        assertThat(list(get("/cards?limit=200"), "cards").stream()
                        .filter(card -> card.get("currency").equals("RUB"))
                        .filter(card -> ((String) card.get("mask")).startsWith("220424**")))
                .hasSize(20);
    }

    @Test
    void registersAPartnerAndTellsItsFirstKeyOnce() {
        String client = "client-" + UUID.randomUUID();
        Map<String, Object> made = send(HttpMethod.POST, "/partners", registration(client, "{\"name\": \"New\"}"), 201);
        Map<String, Object> partner = object(made, "partner");

        assertThat((String) object(made, "first_key").get("secret_hex")).matches("[0-9a-f]{64}");
        assertThat(partner)
                .containsEntry("status", "active")
                .containsEntry("ttl_seconds", 900)
                .containsEntry("second_approval", "100000.00");
        assertThat(object(partner, "deposit")).containsEntry("bps", 250).containsEntry("min", "0.00");
        assertThat(send(HttpMethod.POST, "/partners", registration(client, "{\"name\": \"New\"}"), 409))
                .containsEntry("code", "already_registered");
        assertThat(get("/audit?object_kind=partner&object_id=" + partner.get("id"))
                        .toString())
                .contains("partner_registered")
                .doesNotContain((String) object(made, "first_key").get("secret_hex"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"\"} | /name",
                "{\"name\": \"A\", \"ttl_seconds\": 4} | /ttl_seconds",
                "{\"name\": \"A\", \"ttl_seconds\": 3601} | /ttl_seconds",
                "{\"name\": \"A\", \"deposit\": {\"bps\": 10001}} | /deposit/bps",
                "{\"name\": \"A\", \"deposit\": {\"min\": \"1.001\"}} | /deposit/min",
                "{\"name\": \"A\", \"deposit\": {\"min\": \"2.00\", \"max\": \"1.00\"}} | /deposit/max",
                "{\"name\": \"A\", \"withdrawal\": {\"max\": \"1e3\"}} | /withdrawal/max",
                "{\"name\": \"A\", \"second_approval\": \"0\"} | /second_approval",
                "{\"name\": \"A\", \"second_approval\": \"-1.00\"} | /second_approval",
                "{\"name\": \"A\", \"status\": \"gone\"} | /status",
            })
    void refusesNonsenseWithAPointerAndWritesNothing(String terms, String pointer) {
        String client = "client-" + UUID.randomUUID();

        assertThat(send(HttpMethod.POST, "/partners", registration(client, terms), 400)
                        .get("errors")
                        .toString())
                .contains("pointer=" + pointer + ",");
        assertThat(text("select count(*)::text from partner where client_id = '" + client + "'"))
                .isEqualTo("0");
    }

    @Test
    void changesTermsAtTheVersionThatWasRead() {
        String path = partnerPath();

        http().put()
                .uri("/v1/payments/admin" + path)
                .header("If-Match", "\"7\"")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\": \"Other\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        http().put()
                .uri("/v1/payments/admin" + path)
                .header("If-Match", "\"1\"")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(
                        "{\"name\": \"Other\", \"status\": \"blocked\", \"deposit\": {\"bps\": 100, \"max\": \"50.00\"}}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"");
        assertThat(get(path)).containsEntry("name", "Other").containsEntry("status", "blocked");
        assertThat(get("/partners/" + UUID.randomUUID(), 404)).containsEntry("code", "not_found");
    }

    @Test
    void replacesTheLimitsOfPayers() {
        String path = partnerPath() + "/limits";
        send(HttpMethod.PUT, path, """
                {"limits": [{"payer_key": "client_id", "identified": false, "operation": "15000.00", "month": "40000.00"},
                            {"payer_key": "pan", "identified": true, "day": "100000.00"}]}
                """, 200);

        assertThat(list(get(path), "limits"))
                .containsExactly(
                        Map.of(
                                "payer_key",
                                "client_id",
                                "identified",
                                false,
                                "operation",
                                "15000.00",
                                "month",
                                "40000.00"),
                        Map.of("payer_key", "pan", "identified", true, "day", "100000.00"));
        assertThat(send(HttpMethod.PUT, path, """
                        {"limits": [{"payer_key": "pan", "identified": true}, {"payer_key": "pan", "identified": true}]}
                        """, 400)).containsEntry("code", "validation_failed");
        assertThat(list(get(path), "limits")).hasSize(2);
        send(HttpMethod.PUT, path, "{\"limits\": []}", 200);
        assertThat(list(get(path), "limits")).isEmpty();
    }

    @Test
    void setsWhatHoldsForACurrency() {
        Map<String, Object> changed = send(HttpMethod.PUT, "/currencies/USD", """
                {"min_amount": "2.00", "max_amount": "9000.00", "second_approval": "500.00"}
                """, 200);

        assertThat(changed).containsEntry("min_amount", "2.00").containsEntry("second_approval", "500.00");
        assertThat(send(HttpMethod.PUT, "/currencies/USD", "{\"min_amount\": \"2.00\", \"max_amount\": \"1.00\"}", 400)
                        .get("errors")
                        .toString())
                .contains("/max_amount", "/second_approval");
        send(HttpMethod.PUT, "/currencies/EUR", "{}", 404);
    }

    @Test
    void aBlockedBeginningKeepsItsCardsFromBeingPaidUntilItIsLifted() {
        CardNumber number = CardNumber.parse("2200770000000002").orElseThrow();
        send(COMPLIANCE, HttpMethod.PUT, "/blocked-bins/22007700", "{\"reason\": \"A bank that is closed\"}", 200);
        assertThat(get("/blocked-bins").toString()).contains("22007700", "A bank that is closed");
        assertThatThrownBy(() -> Await.within(vault.keepPayable(number), Duration.ofSeconds(20)))
                .hasMessage("card_invalid");

        http().delete()
                .uri("/v1/payments/admin/blocked-bins/22007700")
                .exchange()
                .expectStatus()
                .isNoContent();
        Await.within(vault.keepPayable(number), Duration.ofSeconds(20));
        http().delete()
                .uri("/v1/payments/admin/blocked-bins/22007700")
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(get("/audit?object_kind=bin&object_id=22007700").toString())
                .contains("bin_blocked", "bin_unblocked");
        for (String wrong : List.of("22007", "220077000", "22007x")) {
            send(COMPLIANCE, HttpMethod.PUT, "/blocked-bins/" + wrong, "{\"reason\": \"x\"}", 400);
        }
    }
}
