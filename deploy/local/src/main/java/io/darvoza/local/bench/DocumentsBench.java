package io.darvoza.local.bench;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.TokenEndpoint;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import io.darvoza.local.supervisor.SuiteLock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How fast documents go up through the gateway of a running suite, with every check on, beside a plain PUT of such files to
 * the same S3 server; and, in a gateway and a service of their own, what gets, lists, searches, pages and batches cost, and how
 * they grow with the tables.
 */
public final class DocumentsBench {

    private static final int PARALLEL = 8;
    private static final long FILE_BYTES = 20_000_000;
    private static final int WARM_UPS = 6;
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);
    private static final Quiet QUIET = new Quiet(0.15, Duration.ofSeconds(40));
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final int FEW = 10_000;
    private static final int BATCHES = 10;
    private static final String BUCKET = "/banking-docs/";
    private static final String METHOD = """
            %d uploads at once, each of a PDF of %d MB that is made while it is sent. A is POST /v1/dbo/documents through the \
            gateway of a running suite: token, limits, one pass with SHA-256, type and structure check, S3, row and event. B is \
            a PUT of such files to the same S3 server, in signed chunks of 128 KB, as S3 clients send over plain http (the service \
            does too). Each repeat is A-B-B-A and counts the mean of its two runs. The client, the suite and S3 share the cores. \
            Everything behind the first table is asked of a second gateway and service with backends of their own (fsync on; \
            auto_explain loaded and silent), while the suite idles beside them; their documents are made by SQL and gone with \
            the measurement. Plans are those of the statements that the service really sent. At a pace, gets and lists of \
            every kind take turns on %d connections.""".formatted(PARALLEL, FILE_BYTES / 1_000_000, DocumentGrowth.CLIENTS);

    private final SuiteFolder suite;
    private final Clock clock;
    private final Consumer<String> progress;
    private final AtomicLong seeds;

    /** @param progress is told in a line what happens, now and then */
    public DocumentsBench(SuiteFolder suite, Clock clock, Consumer<String> progress) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
        this.seeds = new AtomicLong(clock.millis());
    }

    /**
     * Measures. The uploaded documents stay in the suite.
     *
     * @param most documents to which the tables grow in the end
     */
    public BenchPage run(int repeats, int most, String command) {
        if (!SuiteLock.isHeld(suite)) {
            throw new StartFailure("The suite is not running; start it with ./suite up -d.");
        }
        var management = new Http(suite.ports().address(SuitePort.BANKING_DOCS_MANAGEMENT));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(threads)
                        .build()) {
            var uploads = new Uploads(http, PARALLEL, FILE_BYTES);
            progress.accept("Warming up");
            for (var time = 0; time < WARM_UPS; time++) {
                progress.accept(
                        "  gateway %.0f MB/s, S3 %.0f MB/s".formatted(throughGateway(uploads), direct(uploads)));
            }
            progress.accept("Measuring, " + repeats + " times A-B-B-A");
            var uploaded = uploaded(repeats, uploads, management);
            var requests = requests(most, http);
            var promises = Stream.concat(uploaded.promises().stream(), requests.promises().stream())
                    .toList();
            var body = uploaded.body() + "\n" + requests.body();
            return new Report("documents", command, METHOD, List.of(), promises, body).page(clock);
        }
    }

    private UploadFigures uploaded(int repeats, Uploads uploads, Http management) {
        try (var heap = HeapWatch.of(management)) {
            var speed = Interleaved.measure(repeats, QUIET, () -> throughGateway(uploads), () -> direct(uploads));
            return new UploadFigures(speed, heap.usedMebibytes(), heap.mostMebibytes());
        }
    }

    private DocumentsFigures requests(int most, HttpClient http) {
        var folder = BenchFolder.emptied(suite.shared().resolve("bench-documents"));
        var tokens = new BenchTokens(BenchSite.issuer(), clock.instant(), TOKEN_LIFE, 0);
        try (var closing = new Closing()) {
            var jwks = closing.add(JwksEndpoint.serve(tokens.jwks()));
            progress.accept("Starting a gateway and a banking-docs-service");
            var site = closing.add(DocumentsSite.start(suite, folder, jwks.address(), clock));
            var requests = DocumentRequests.with(site.gateway().port(), tokens);
            var growth = new DocumentGrowth(site, requests);
            growth.to(FEW);
            progress.accept("Warming up with %,d documents".formatted(FEW));
            var ignored = growth.at(DocumentsFigures.PER_SECOND, WARM_UP);
            var ignoredAsCold = growth.measure();
            var few = growth.measure();
            var batches = new DocumentBatches(http, requests);
            var ignoredAsFirst = batches.run(BATCHES / 2);
            progress.accept("Batches of %d".formatted(DocumentBatches.ITEMS));
            var timed = batches.run(BATCHES);
            progress.accept("Growing to %,d documents".formatted(most));
            growth.to(most);
            var ignoredShare = QUIET.await();
            var paced = growth.at(DocumentsFigures.PER_SECOND, PACE);
            progress.accept("Every kind of request with %,d documents".formatted(most));
            return new DocumentsFigures(few, growth.measure(), growth.reads(), paced, timed);
        } finally {
            BenchFolder.delete(folder.resolve("postgresql"));
        }
    }

    private double throughGateway(Uploads uploads) {
        var token = TokenEndpoint.ofKeycloak(suite).token("bank_client");
        var metadata = "{\"description\": \"bench %s\", \"category\": \"Договоры\"}".formatted(clock.instant());
        return uploads.megabytesPerSecond(
                seeds.getAndAdd(PARALLEL),
                201,
                file -> HttpRequest.newBuilder(suite.ports().publicUrl().resolve("/v1/dbo/documents"))
                        .timeout(REQUEST_LIMIT)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", Uploads.formType())
                        .POST(Uploads.form(file, metadata))
                        .build());
    }

    private double direct(Uploads uploads) {
        var secrets = Secrets.existing(suite);
        var s3 = new S3Signature(
                suite.ports().address(SuitePort.S3),
                "local",
                secrets.password("s3.access-key"),
                secrets.password("s3.secret-key"));
        var first = seeds.getAndAdd(PARALLEL);
        var speed = uploads.megabytesPerSecond(
                first,
                200,
                file -> s3.put(path(file.seed()), file.length(), file::open, clock.instant())
                        .timeout(REQUEST_LIMIT)
                        .build());
        LongStream.range(first, first + PARALLEL)
                .mapToObj(seed ->
                        s3.bodiless("DELETE", path(seed), clock.instant()).build())
                .map(request -> uploads.http().sendAsync(request, BodyHandlers.discarding()))
                .toList()
                .forEach(CompletableFuture::join);
        return speed;
    }

    private static String path(long seed) {
        return BUCKET + "bench-" + seed;
    }
}
