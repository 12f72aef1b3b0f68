package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.AccountFixtures;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.bankingdocs.scan.VirusScanner;
import io.darvoza.bankingdocs.upload.FileCheck;
import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.bankingdocs.upload.UploadFixtures;
import io.darvoza.common.database.Insert;
import io.darvoza.common.database.Write;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.objectstore.ByteRange;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.StoredObject;
import io.darvoza.common.outbox.Outbox;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.DetachedProperties;
import io.darvoza.common.security.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The use case with everything around it in memory; only the file check is real. */
final class UploadWorld implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private final Path folder;
    private final FileCheck check;
    private final StoredObjects objects = new StoredObjects();
    private final KeptDocuments documents = new KeptDocuments();
    private final List<String> events = new ArrayList<>();
    private final AccountFixtures accounts = new AccountFixtures();
    private VirusScanner scanner = file -> Mono.just(VirusScanner.Verdict.NOT_SCANNED);
    private final UploadDocument upload;

    UploadWorld(Path folder) {
        this.folder = folder;
        this.check = UploadFixtures.check(folder);
        DocumentProperties properties = new DocumentProperties(
                Duration.ofHours(24),
                10,
                DataSize.ofMegabytes(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofDays(1),
                10,
                Duration.ofMillis(100),
                10,
                2);
        TimeOrderedIds ids = new TimeOrderedIds(CLOCK);
        upload = new UploadDocument(
                accounts.callerAccount(),
                accounts.accounts(),
                new KnownCategory(new KnownCategories()),
                new AcceptFile(file -> scanner.scan(file), check, new ObjectKeys(ids)),
                new Intake(documents, properties, CLOCK),
                new KeepFile(
                        objects,
                        TransactionalOperator.create(new NoTransactions(), new DefaultTransactionDefinition()),
                        new Detached(new DetachedProperties(10, Duration.ofSeconds(1)), new SimpleMeterRegistry())),
                documents,
                new DocumentEvents(
                        accounts.accounts(),
                        new SuiteEvents("/banking-docs-service", ids, CLOCK, null),
                        new Announced(events),
                        (_, _) -> Mono.empty()),
                submission -> Mono.fromRunnable(() -> events.add("submitted " + submission.documentId())),
                CLOCK);
    }

    StoredDocument upload(String caller, String metadata, byte[] content) {
        return upload(caller, metadata, content, Mono::just);
    }

    StoredDocument upload(
            String caller, String metadata, byte[] content, Function<StoredDocument, Mono<StoredDocument>> alsoCommit) {
        UploadCommand command = UploadCommand.of(
                new Caller("subject-" + caller, "mobile", caller, null, null, Set.of(caller), Instant.MAX),
                JSON.readValue(metadata, UploadMetadata.class),
                received(content));
        return Await.within(upload.handle(command, alsoCommit), Duration.ofSeconds(30));
    }

    private ReceivedUpload received(byte[] content) {
        try {
            Path file = Files.write(Files.createTempFile(folder, "upload-", ".part"), content);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return new ReceivedUpload(Map.of(), file, content.length, sha256, "application/pdf", "scan.pdf");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on. */
    void scanWith(VirusScanner other) {
        scanner = other;
    }

    long accountOf(String caller) {
        return accounts.idOf("subject-" + caller);
    }

    List<Document> documents() {
        return documents.all;
    }

    StoredObjects objects() {
        return objects;
    }

    List<String> events() {
        return events;
    }

    @Override
    public void close() {
        check.destroy();
    }

    /** A store that counts, and goes away. */
    static final class StoredObjects implements ObjectStore {

        private final List<String> keys = new ArrayList<>();
        private int puts;
        private boolean away;

        List<String> keys() {
            return keys;
        }

        int puts() {
            return puts;
        }

        void goAway() {
            away = true;
        }

        @Override
        public Mono<Void> put(String key, Path file, String contentType) {
            return Mono.fromRunnable(() -> {
                if (away) {
                    throw CommonProblem.SERVICE_UNAVAILABLE.exception();
                }
                puts++;
                keys.add(key);
            });
        }

        @Override
        public Mono<Void> delete(String key) {
            return Mono.fromRunnable(() -> keys.remove(key));
        }

        @Override
        public Mono<Void> put(String key, Flux<DataBuffer> content, long length, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<DataBuffer> get(String key, ByteRange range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<StoredObject> stat(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<StoredObject> list(String prefix, String startAfter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Long> abortUnfinishedUploads(String prefix, Instant startedBefore) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class KeptDocuments implements Documents {

        private final List<Document> all = new ArrayList<>();
        private final Map<Long, DocumentFile> files = new LinkedHashMap<>();
        private long lastId = 999;

        @Override
        public Mono<Kept> keptBy(long ownerId, int categoryId, String sha256, Instant since) {
            return Mono.fromSupplier(() -> new Kept(
                    all.size(),
                    files.values().stream().mapToLong(DocumentFile::size).sum(),
                    same(ownerId, categoryId, sha256)));
        }

        private Long same(long ownerId, int categoryId, String sha256) {
            return all.reversed().stream()
                    .filter(document -> document.ownerId() == ownerId && document.categoryId() == categoryId)
                    .filter(document -> files.get(document.id()).sha256().equals(sha256))
                    .map(Document::id)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Mono<Long> lockOwnerForOneMore(long ownerId) {
            return nextId();
        }

        @Override
        public Mono<Void> lockOwner(long ownerId) {
            return Mono.empty();
        }

        @Override
        public Mono<Long> nextId() {
            return Mono.fromSupplier(() -> ++lastId);
        }

        @Override
        public Mono<Document> lock(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> save(Document document) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<String> typeOf(Document document) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> hasActiveLink(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> delete(Document document, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> addVersion(Document document, DocumentFile file, long uploaderId, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> note(StatusDecision.Moved moved, String actor, String reason, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> add(Document document, DocumentFile file, long uploaderId, String actor) {
            return Mono.fromRunnable(() -> {
                all.add(document);
                files.put(document.id(), file);
            });
        }
    }

    private static final class KnownCategories implements Categories {

        private static final Category LEASES = new Category(1, "Договоры", 7, Set.of());

        @Override
        public Mono<Category> withId(int id) {
            return Mono.just(LEASES).filter(category -> category.id() == id);
        }

        @Override
        public Mono<Category> named(String name) {
            return Mono.just(LEASES).filter(category -> category.name().equals(name));
        }

        @Override
        public Flux<Category> all() {
            return Flux.just(LEASES);
        }
    }

    /** Notes what is appended; nothing here writes several things at once. */
    private record Announced(List<String> types) implements Outbox {

        @Override
        public Mono<Void> append(String topic, String key, SuiteEvent event) {
            return Mono.fromRunnable(() -> types.add(event.type()));
        }

        @Override
        public Write event(String topic, String key, SuiteEvent event) {
            throw new AssertionError("not one of several writes");
        }

        @Override
        public Insert.Row row(String topic, String key, SuiteEvent event) {
            throw new AssertionError("not one of several rows");
        }
    }
}
