package io.darvoza.common.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.S3Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class ObjectStoreIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final S3Access.Bucket bucket = Infrastructure.current().s3().freshBucket();

    @Test
    void givesBackAFileWholeAndByRange(@TempDir Path folder) throws IOException {
        byte[] content = randomBytes(300_000);
        Path file = Files.write(folder.resolve("file"), content);
        withStore(store -> {
            run(store.put("documents/a", file, "application/pdf"));

            assertThat(bytes(store.get("documents/a", null))).isEqualTo(content);
            assertThat(bytes(store.get("documents/a", new ByteRange(65_530, 131_080))))
                    .isEqualTo(Arrays.copyOfRange(content, 65_530, 131_081));
            assertThat(result(store.stat("documents/a")).size()).isEqualTo(300_000);
        });
    }

    @Test
    void storesAStreamOfKnownLength() {
        byte[] content = randomBytes(1_000_000);
        withStore(store -> {
            run(store.put("documents/b", stream(content, 10_000), content.length, "application/pdf"));

            assertThat(bytes(store.get("documents/b", null))).isEqualTo(content);
        });
    }

    @Test
    void keepsNothingOfAStreamThatBreaksOrIsTooShort() {
        withStore(store -> {
            Flux<DataBuffer> broken =
                    stream(randomBytes(100_000), 10_000).concatWith(Mono.error(new IOException("the client is gone")));
            assertThatThrownBy(() -> run(store.put("documents/c", broken, 200_000, "application/pdf")))
                    .isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> run(store.put("documents/d", stream(randomBytes(10), 10), 11, "application/pdf")))
                    .isInstanceOf(ProblemException.class);

            assertThat(result(store.list("documents/", null).collectList())).isEmpty();
        });
    }

    @Test
    void saysThatAnObjectIsNotThereBeforeTheFirstByte() {
        withStore(store -> {
            assertThat(Await.within(store.stat("documents/none"), BOUND)).isNull();
            run(store.delete("documents/none"));
            assertThatThrownBy(() -> bytes(store.get("documents/none", null)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.NOT_FOUND));
        });
    }

    @Test
    void listsByPrefixInOrderAndFromAKeyOn() {
        withStore(store -> {
            for (String key : new String[] {"documents/1", "documents/2", "documents/3", "other/1"}) {
                run(store.put(key, stream(new byte[] {1}, 1), 1, "application/pdf"));
            }

            assertThat(result(store.list("documents/", null)
                            .map(StoredObject::key)
                            .collectList()))
                    .containsExactly("documents/1", "documents/2", "documents/3");
            assertThat(result(store.list("documents/", "documents/1")
                            .map(StoredObject::key)
                            .collectList()))
                    .containsExactly("documents/2", "documents/3");
        });
    }

    @Test
    void listsMoreObjectsThanFitIntoOnePage() {
        withStore(store -> {
            int count = 1_001;
            run(Flux.range(0, count)
                    .flatMap(i -> store.put("many/%04d".formatted(i), stream(new byte[] {1}, 1), 1, "text/plain"), 8)
                    .then());

            assertThat(result(store.list("many/", null).map(StoredObject::key).collectList()))
                    .hasSize(count)
                    .isSorted()
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void forgetsADeletedObject() {
        withStore(store -> {
            run(store.put("documents/e", stream(new byte[] {1}, 1), 1, "application/pdf"));
            run(store.delete("documents/e"));

            assertThat(Await.within(store.stat("documents/e"), BOUND)).isNull();
        });
    }

    @Test
    void abortsUploadsInPartsThatNobodyCompletes() {
        context().run(started -> {
            S3AsyncClient client = started.getBean(S3AsyncClient.class);
            ObjectStore store = started.getBean(ObjectStore.class);
            result(Mono.fromFuture(client.createMultipartUpload(
                    upload -> upload.bucket(bucket.name()).key("documents/half"))));
            Instant later = Instant.now().plusSeconds(60);

            assertThat(result(store.abortUnfinishedUploads("documents/", Instant.EPOCH)))
                    .isZero();
            assertThat(result(store.abortUnfinishedUploads("documents/", later)))
                    .isOne();
            assertThat(result(store.abortUnfinishedUploads("documents/", later)))
                    .isZero();
        });
    }

    @Test
    void createsItsBucketOnlyWhereToldTo() {
        String name = "new-" + UUID.randomUUID();
        context()
                .withPropertyValues("darvoza.objectstore.bucket=" + name, "darvoza.objectstore.create-bucket=true")
                .run(started -> assertThat(result(started.getBean(ObjectStore.class)
                                .list("", null)
                                .collectList()))
                        .isEmpty());
        context()
                .withPropertyValues("darvoza.objectstore.bucket=" + name, "darvoza.objectstore.create-bucket=true")
                .run(started -> assertThat(started).hasNotFailed());
    }

    @Test
    void isUnavailableWithinItsTimeOutsWhenTheStoreIsAway() {
        context()
                .withPropertyValues(
                        "darvoza.objectstore.endpoint=http://127.0.0.1:1", "darvoza.objectstore.connect-timeout=200ms")
                .run(started -> assertThatThrownBy(
                                () -> result(started.getBean(ObjectStore.class).stat("documents/a")))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.type()).isEqualTo(CommonProblem.SERVICE_UNAVAILABLE)));
    }

    @Test
    void yieldsToAStoreOfTheService() {
        ObjectStore own = new S3ObjectStore(
                S3AsyncClient.builder().region(Region.of("local")).build(), "own");
        context()
                .withBean(ObjectStore.class, () -> own)
                .run(started -> assertThat(started.getBean(ObjectStore.class)).isSameAs(own));
    }

    private interface Check {
        void on(ObjectStore store) throws IOException;
    }

    private void withStore(Check check) {
        context().run(started -> check.on(started.getBean(ObjectStore.class)));
    }

    private ApplicationContextRunner context() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ObjectStoreAutoConfiguration.class))
                .withPropertyValues(bucket.properties().entrySet().stream()
                        .map(Map.Entry::toString)
                        .toArray(String[]::new));
    }

    private static Flux<DataBuffer> stream(byte[] content, int chunk) {
        return Flux.range(0, Math.ceilDiv(content.length, chunk))
                .map(i -> DefaultDataBufferFactory.sharedInstance.wrap(
                        Arrays.copyOfRange(content, i * chunk, Math.min(content.length, (i + 1) * chunk))));
    }

    private static byte[] bytes(Flux<DataBuffer> content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        run(DataBufferUtils.write(content, all)
                .doOnNext(DataBufferUtils.releaseConsumer())
                .then());
        return all.toByteArray();
    }

    private static void run(Mono<Void> work) {
        Await.within(work, BOUND);
    }

    private static <T> T result(Mono<T> work) {
        return Objects.requireNonNull(Await.within(work, BOUND));
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
