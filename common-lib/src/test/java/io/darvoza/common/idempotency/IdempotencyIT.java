package io.darvoza.common.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.service.TinyService;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@RealInfrastructure(Server.POSTGRES)
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.outbox.relay.enabled=false",
            "darvoza.idempotency.lease=600ms",
            "darvoza.database.pool.max=25",
            "darvoza.database.pool.acquire-timeout=20s"
        })
class IdempotencyIT {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Fingerprint REQUEST = Fingerprint.of("{\"amount\":\"1.00\"}");
    private static final Fingerprint OTHER_REQUEST = Fingerprint.of("{\"amount\":\"2.00\"}");

    @Autowired
    Idempotency idempotency;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @BeforeEach
    void table() {
        change("CREATE TABLE IF NOT EXISTS effect (name text NOT NULL)");
    }

    @Test
    void aRepeatedCommandGetsTheSameAnswerMarkedAsReplay() {
        var scope = scope("repeated");

        Answer first = await(idempotency.once(scope, REQUEST, command("repeated")));
        Answer second = await(idempotency.once(scope, REQUEST, command("repeated")));

        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.headers()).isEqualTo(first.headers()).containsEntry("Location", "/v1/things/1");
        assertThat(second.status()).isEqualTo(201);
        assertThat(effects("repeated")).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        var scope = scope("reused");
        await(idempotency.once(scope, REQUEST, command("reused")));

        assertProblem(
                CommonProblem.IDEMPOTENCY_KEY_REUSED,
                () -> await(idempotency.once(scope, OTHER_REQUEST, command("reused"))));
        assertThat(effects("reused")).isEqualTo(1);
    }

    @Test
    void anotherCallerOrOperationMayUseTheSameKey() {
        for (var scope : List.of(
                new IdempotencyScope("user:1", "things.create", "shared"),
                new IdempotencyScope("user:2", "things.create", "shared"),
                new IdempotencyScope("user:1", "things.delete", "shared"))) {
            assertThat(await(idempotency.once(scope, REQUEST, command("shared")))
                            .replayed())
                    .isFalse();
        }
        assertThat(effects("shared")).isEqualTo(3);
    }

    @Test
    void aFailedCommandLeavesTheKeyToACorrectedOne() {
        var scope = scope("corrected");
        Mono<Answer> failing =
                command("corrected").flatMap(_ -> Mono.error(CommonProblem.UNPROCESSABLE_CONTENT.exception()));

        assertProblem(CommonProblem.UNPROCESSABLE_CONTENT, () -> await(idempotency.once(scope, REQUEST, failing)));
        assertThat(effects("corrected")).isZero();

        assertThat(await(idempotency.once(scope, OTHER_REQUEST, command("corrected")))
                        .replayed())
                .isFalse();
        assertThat(effects("corrected")).isEqualTo(1);
    }

    @Test
    void twentyAtOnceHaveOneEffect() {
        for (int round = 0; round < 5; round++) {
            String name = "race-" + round;
            var scope = scope(name);

            List<String> outcomes = Flux.range(0, 20)
                    .flatMap(
                            _ -> idempotency
                                    .once(scope, REQUEST, command(name))
                                    .map(answer -> answer.replayed() ? "replayed" : "done")
                                    .onErrorResume(
                                            ProblemException.class,
                                            e -> Mono.just(e.type().name())),
                            20)
                    .collectList()
                    .block(BOUND);

            assertThat(effects(name)).isEqualTo(1);
            assertThat(outcomes)
                    .hasSize(20)
                    .containsOnlyOnce("done")
                    .allMatch(outcome -> List.of("done", "replayed", "IDEMPOTENCY_KEY_IN_USE")
                            .contains(outcome));
        }
    }

    @Test
    void whileACommandRunsItsKeyIsInUse() {
        var scope = scope("running");
        Sinks.Empty<Void> started = Sinks.empty();
        Sinks.Empty<Void> mayEnd = Sinks.empty();
        Mono<Answer> slow =
                Mono.fromRunnable(started::tryEmitEmpty).then(mayEnd.asMono()).then(command("running"));

        var first = idempotency.once(scope, REQUEST, slow).toFuture();
        started.asMono().block(BOUND);

        assertProblem(
                CommonProblem.IDEMPOTENCY_KEY_IN_USE,
                () -> await(idempotency.once(scope, REQUEST, command("running"))));

        mayEnd.tryEmitEmpty();
        assertThat(await(Mono.fromFuture(first)).replayed()).isFalse();
        assertThat(await(idempotency.once(scope, REQUEST, command("running"))).replayed())
                .isTrue();
        assertThat(effects("running")).isEqualTo(1);
    }

    @Test
    void anUploadIsCompletedInTheTransactionOfItsEffect() {
        var scope = scope("upload");

        Answer first = upload(scope, REQUEST, "upload");

        assertThat(first.replayed()).isFalse();
        var answered = (Begun.Answered) await(idempotency.begin(scope));
        assertThat(answered.replay(REQUEST).replayed()).isTrue();
        assertThat(answered.replay(REQUEST).json()).isEqualTo(first.json());
        assertProblem(CommonProblem.IDEMPOTENCY_KEY_REUSED, () -> answered.replay(OTHER_REQUEST));
        assertThat(effects("upload")).isEqualTo(1);
    }

    @Test
    void aRunningUploadHoldsItsKeyLongerThanOneLease() {
        var scope = scope("long-upload");
        var lease = started(scope);
        var upload = idempotency
                .holding(lease, Mono.delay(Duration.ofMillis(2500)).then(commit(lease, REQUEST, "long-upload")))
                .toFuture();

        for (int i = 0; i < 8; i++) {
            assertProblem(CommonProblem.IDEMPOTENCY_KEY_IN_USE, () -> await(idempotency.begin(scope)));
            await(Mono.delay(Duration.ofMillis(200)));
        }

        assertThat(await(Mono.fromFuture(upload)).status()).isEqualTo(201);
        assertThat(effects("long-upload")).isEqualTo(1);
    }

    @Test
    void anUploadWhoseProcessDiedIsTakenOverAfterItsLease() {
        var scope = scope("dead-upload");
        var dead = started(scope);
        assertProblem(CommonProblem.IDEMPOTENCY_KEY_IN_USE, () -> await(idempotency.begin(scope)));

        await(Mono.delay(Duration.ofMillis(800)));
        Answer second = upload(scope, OTHER_REQUEST, "dead-upload");

        assertThat(second.replayed()).isFalse();
        assertProblem(CommonProblem.IDEMPOTENCY_KEY_IN_USE, () -> await(commit(dead, REQUEST, "dead-upload")));
        assertThat(effects("dead-upload"))
                .as("what the loser wrote is rolled back")
                .isEqualTo(1);
    }

    @Test
    void workWhoseLeaseIsLostEnds() {
        var scope = scope("lost-lease");
        var lease = started(scope);
        change("UPDATE idempotency SET holder = gen_random_uuid() WHERE idempotency_key = 'lost-lease'");

        assertProblem(CommonProblem.IDEMPOTENCY_KEY_IN_USE, () -> await(idempotency.holding(lease, Mono.never())));
    }

    @Test
    void aFailedOrCancelledUploadFreesItsKeyAtOnce() {
        var scope = scope("failed-upload");

        assertThatThrownBy(() -> await(
                        idempotency.holding(started(scope), Mono.error(new IllegalStateException("connection gone")))))
                .hasMessage("connection gone");
        var cancelled = idempotency.holding(started(scope), Mono.never()).subscribe();
        cancelled.dispose();
        await(Mono.delay(Duration.ofMillis(200)));

        assertThat(upload(scope, REQUEST, "failed-upload").replayed()).isFalse();
    }

    @Test
    void twentyUploadsAtOnceStartOne() {
        var scope = scope("upload-race");

        List<String> outcomes = Flux.range(0, 20)
                .flatMap(
                        _ -> idempotency
                                .begin(scope)
                                .map(begun -> begun.getClass().getSimpleName())
                                .onErrorResume(
                                        ProblemException.class,
                                        e -> Mono.just(e.type().name())),
                        20)
                .collectList()
                .block(BOUND);

        assertThat(outcomes)
                .hasSize(20)
                .containsOnlyOnce("Started")
                .allMatch(
                        outcome -> List.of("Started", "IDEMPOTENCY_KEY_IN_USE").contains(outcome));
    }

    @Test
    void transactionsAreWhereTheyBelong() {
        var scope = scope("transactions");

        assertThatThrownBy(() -> await(idempotency.begin(scope).as(transaction::transactional)))
                .isInstanceOf(IllegalTransactionStateException.class);
        var lease = started(scope);
        assertThatThrownBy(() -> await(idempotency.complete(lease, REQUEST, Answer.of(201, "{}"))))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    private Answer upload(IdempotencyScope scope, Fingerprint fingerprint, String name) {
        var lease = started(scope);
        return await(idempotency.holding(lease, commit(lease, fingerprint, name)));
    }

    private Lease started(IdempotencyScope scope) {
        return ((Begun.Started) await(idempotency.begin(scope))).lease();
    }

    private Mono<Answer> commit(Lease lease, Fingerprint fingerprint, String name) {
        return command(name)
                .flatMap(answer -> idempotency.complete(lease, fingerprint, answer))
                .as(transaction::transactional);
    }

    private Mono<Answer> command(String name) {
        return database.sql("INSERT INTO effect (name) VALUES (:name)")
                .bind("name", name)
                .fetch()
                .rowsUpdated()
                .map(_ -> Answer.of(201, "{\"b\":1.10,\"a\":null}").withHeader("Location", "/v1/things/1"));
    }

    private static void assertProblem(CommonProblem type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private static IdempotencyScope scope(String key) {
        return new IdempotencyScope("user:1", "things.create", key);
    }

    private long effects(String name) {
        return await(database.sql("SELECT count(*) FROM effect WHERE name = :name")
                .bind("name", name)
                .map(row -> row.get(0, Long.class))
                .one());
    }

    private void change(String sql) {
        Await.within(database.sql(sql).fetch().rowsUpdated(), BOUND);
    }

    private static <T> T await(Mono<T> work) {
        return Await.within(work, BOUND);
    }
}
