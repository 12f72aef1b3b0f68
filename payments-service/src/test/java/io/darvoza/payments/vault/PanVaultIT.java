package io.darvoza.payments.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.database.Write;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.payments.RealService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Card numbers at rest, in the real table. */
@RealService
class PanVaultIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final CardNumber NUMBER = new CardNumber("2202200000000008");

    @Autowired
    R2dbcPanVault vault;

    @Autowired
    RevealCardNumber reveal;

    @Autowired
    DatabaseClient database;

    @Autowired
    Clock clock;

    @Test
    void givesBackWhatItKeptAndStoresNoDigitOfTheMiddle() {
        PanToken token = await(vault.keep(NUMBER, Purpose.PAYER));

        assertThat(await(vault.reveal(token))).isEqualTo(NUMBER);
        assertThat(await(vault.maskOf(token))).isEqualTo("220220******0008");
        assertThat(rowOf(token)).contains("220220******0008").doesNotContain("2202200000000008");
    }

    @Test
    void keepsTheSameNumberUnderUnrelatedCiphertextsWithOneIndex() {
        PanToken one = await(vault.keep(NUMBER, Purpose.PAYER));
        PanToken other = await(vault.keep(NUMBER, Purpose.PAYER));

        assertThat(column(one, "cipher")).isNotEqualTo(column(other, "cipher"));
        assertThat(column(one, "pan_index")).isEqualTo(column(other, "pan_index"));
    }

    @Test
    void doesNotDecryptWhatWasMovedToAnotherRow() {
        PanToken one = await(vault.keep(NUMBER, Purpose.PAYER));
        PanToken other = await(vault.keep(new CardNumber("4111111111111111"), Purpose.PAYER));
        run("update pan_vault set cipher = (select cipher from pan_vault where token = '%s') where token = '%s'"
                .formatted(one.id(), other.id()));

        assertThatThrownBy(() -> await(vault.reveal(other))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesEachNumberOfThePlatformOnceAndPaysToNoneOfThem() {
        CardNumber own = new CardNumber("2204300000000004");
        await(vault.keep(own, Purpose.PLATFORM_CARD));

        assertThatThrownBy(() -> await(vault.keep(own, Purpose.PLATFORM_CARD)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("already_registered");
        assertThatThrownBy(() -> await(vault.keepPayable(own))).hasMessage("card_invalid");
        assertThat(one("select count(*)::text from pan_vault where mask = '" + own.mask() + "'"))
                .isEqualTo("1");
        assertThat(await(vault.reveal(await(vault.keepPayable(NUMBER))))).isEqualTo(NUMBER);
    }

    @Test
    void paysToNoCardOfABlockedBank() {
        run("insert into blocked_bin (bin, reason, created_at) values ('555555', 'test', now())");

        assertThatThrownBy(() -> await(vault.keepPayable(new CardNumber("5555555555554444"))))
                .hasMessage("card_invalid");
    }

    @Test
    void purgesWhatIsDueAndKeepsMaskAndIndex() {
        Instant now = clock.instant();
        PanToken due = await(vault.keep(NUMBER, Purpose.PAYER));
        PanToken later = await(vault.keep(NUMBER, Purpose.PAYER));
        await(vault.purgeAt(due, now.minusSeconds(1)));
        await(vault.purgeAt(due, now.plusSeconds(1000)));
        await(vault.purgeAt(later, now.plusSeconds(1000)));

        assertThat(await(vault.purge(100))).isOne();
        assertThat(await(vault.reveal(due))).isNull();
        assertThat(await(vault.maskOf(due))).isEqualTo("220220******0008");
        assertThat(column(due, "pan_index")).isEqualTo(column(later, "pan_index"));
        assertThat(await(vault.reveal(later))).isEqualTo(NUMBER);
    }

    @Test
    void keepsTheNumberOfAnOrderThatEndedForThirtyDaysFromItsFirstEnd() {
        PanToken token = await(vault.keep(NUMBER, Purpose.PAYER));
        await(Write.together(database, List.of(vault.purgeLater(token))));
        String first = one("select purge_at::text from pan_vault where token = '" + token.id() + "'");
        await(Write.together(database, List.of(vault.purgeLater(token))));

        assertThat(one("select (purge_at - kept_at between interval '30 days' and interval '30 days 1 minute')::text"
                        + " from pan_vault where token = '" + token.id() + "'"))
                .isEqualTo("true");
        assertThat(one("select purge_at::text from pan_vault where token = '" + token.id() + "'"))
                .isEqualTo(first);
    }

    @Test
    void showsANumberForAReasonOnlyAndWritesDownWhoSawIt() {
        PanToken token = await(vault.keep(NUMBER, Purpose.PAYER));
        var wish = new RevealCardNumber.Wish(token, "user:eve", "payout by hand", "order", "42", "trace");

        assertThat(await(reveal.reveal(wish))).isEqualTo(NUMBER);
        String entry = one("select row_to_json(a)::text from audit_log a where object_id = '42'");
        assertThat(entry)
                .contains("user:eve", "card_number_revealed", "payout by hand", "trace")
                .doesNotContain("2202200000000008");
        assertThatThrownBy(() -> new RevealCardNumber.Wish(token, "user:eve", " ", "order", "42", null))
                .hasMessage("validation_failed");
    }

    @Test
    void saysThatANumberIsGoneAndWritesNothing() {
        PanToken token = await(vault.keep(NUMBER, Purpose.PAYER));
        await(vault.purgeAt(token, clock.instant().minusSeconds(1)));
        await(vault.purge(100));

        assertThatThrownBy(() ->
                        await(reveal.reveal(new RevealCardNumber.Wish(token, "user:eve", "why", "order", "43", null))))
                .hasMessage("gone");
        assertThat(one("select count(*)::text from audit_log where object_id = '43'"))
                .isEqualTo("0");
    }

    private String rowOf(PanToken token) {
        return one("select row_to_json(v)::text from pan_vault v where token = '" + token.id() + "'");
    }

    private String column(PanToken token, String column) {
        return one("select encode(%s, 'hex') from pan_vault where token = '%s'".formatted(column, token.id()));
    }

    private String one(String sql) {
        return await(database.sql(sql).mapValue(String.class).one());
    }

    private void run(String... statements) {
        List.of(statements).forEach(sql -> await(database.sql(sql).then()));
    }

    private static <T> T await(Mono<T> work) {
        return Await.within(work, BOUND);
    }
}
