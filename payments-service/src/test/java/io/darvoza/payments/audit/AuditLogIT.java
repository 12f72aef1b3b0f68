package io.darvoza.payments.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.reactive.Await;
import io.darvoza.payments.RealService;
import io.darvoza.payments.vault.CardNumber;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The audit log in its real table. */
@RealService
class AuditLogIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Autowired
    AuditLog audit;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Test
    void keepsWhoDidWhatToWhatAndHowItWasBefore() {
        await(audit.write("user:1", "tried", "thing", "a", Map.of("n", 1), Map.of("n", 2), "trace"));

        assertThat(one("select concat_ws('|', actor, action, object_kind, before->>'n', after->>'n', trace_id)"
                        + " from audit_log where object_id = 'a'"))
                .isEqualTo("user:1|tried|thing|1|2|trace");
    }

    @Test
    void isGoneWithTheTransactionItBelongsTo() {
        Mono<Void> undone = audit.write("user:1", "tried", "thing", "undone", null, null, null)
                .then(Mono.<Void>error(new IllegalStateException("no")))
                .as(transaction::transactional);

        assertThatThrownBy(() -> await(undone)).hasMessage("no");
        assertThat(one("select count(*)::text from audit_log where object_id = 'undone'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_log set actor = 'user:2'",
                "delete from audit_log",
                "truncate audit_log",
            })
    void cannotBeChangedByTheServiceItself(String attempt) {
        await(audit.write("user:1", "tried", "thing", "b", null, null, null));

        assertThatThrownBy(() -> await(database.sql(attempt).then()))
                .hasRootCauseMessage("permission denied for table audit_log");
        assertThat(one("select count(*)::text from audit_log where object_id = 'b'"))
                .isNotEqualTo("0");
    }

    @Test
    void cannotBeChangedByWhoGaveThemselvesThePermissionEither() {
        await(audit.write("user:1", "tried", "thing", "c", null, null, null));
        Mono<Void> forced = database.sql("grant update on audit_log to current_user")
                .then()
                .then(database.sql("update audit_log set actor = 'user:2'").then())
                .as(transaction::transactional);

        assertThatThrownBy(() -> await(forced)).hasRootCauseMessage("audit_log is append-only");
    }

    @Test
    void getsMaskedNumbersMasked() {
        await(audit.write(
                "user:1", "tried", "thing", "d", null, Map.of("n", new CardNumber("2200000000000004")), null));

        assertThat(one("select after->>'n' from audit_log where object_id = 'd'"))
                .isEqualTo("220000******0004");
    }

    private String one(String sql) {
        return await(database.sql(sql).mapValue(String.class).one());
    }

    private static <T> T await(Mono<T> work) {
        return Await.within(work, BOUND);
    }
}
