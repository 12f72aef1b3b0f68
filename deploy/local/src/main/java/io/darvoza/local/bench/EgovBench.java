package io.darvoza.local.bench;

import io.darvoza.local.client.SampleIin;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How fast egov-service answers what it remembers, beside an answer of its own that needs nothing; and what more verifications cost.
 * Needs no running suite and touches none; takes free ports.
 */
public final class EgovBench {

    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    private static final Quiet QUIET = new Quiet(0.15, Duration.ofSeconds(10));
    /**
     * The first number of those of each phase. What is remembered counts for five minutes, which no phase lasts; a number of an earlier
     * phase would be asked for again in the middle of a later one.
     */
    private static final int WARM_UP = 0;

    private static final int FULL_LOAD = 1_000;
    private static final int PACE = 2_000;
    private static final int MISSED = 3_000;
    private static final int GROWTH = 4_000;

    private static final Fitness LEAST = new Fitness(2, 2500, 4000, 0.5);
    private static final String METHOD = """
            All on 127.0.0.1, without a gateway: egov-service as the suite runs it, but for the second compiler, which the suite \
            puts off; its PostgreSQL (fsync on) and Kafka real, the portal played. A is POST %s with one of %d remembered numbers: \
            token and role checked, row of the verification, event, and row of the log of calls in one transaction, committed \
            before the answer leaves; the events are sent to Kafka meanwhile. B is GET %s: token and role checked, no body, no \
            database. Beside these, numbers whose digits are wrong: answered by the digits alone, and written down as A is. %d \
            connections; each was warmed up for %d s, each repeat is A-B-B-A and counts the mean of its two runs. wrk, \
            service, broker and PostgreSQL share the cores. The verifications of the second table are loaded by SQL and gone with \
            the measurement.""";

    private final SuiteFolder suite;
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress is told in a line what happens, now and then */
    public EgovBench(SuiteFolder suite, Clock clock, Consumer<String> progress) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
    }

    /** Measures, for a page of this name. */
    public BenchPage run(EgovPlan plan, String page, String command) {
        var folder = BenchFolder.emptied(suite.shared().resolve("bench-egov"));
        Fitness.of(folder).require(LEAST);
        var tools = Tools.find(suite.shared().resolve("tools"), "wrk");
        var tokens = new BenchTokens(BenchSite.issuer(), clock.instant(), TOKEN_LIFE, 0);
        try (var closing = new Closing()) {
            var jwks = closing.add(JwksEndpoint.serve(tokens.jwks()));
            progress.accept("Starting egov-service and what it needs");
            var site = closing.add(EgovSite.start(suite, folder, jwks.address(), clock));
            var figures = measure(plan, tools, tokens, folder, site);
            var method = METHOD.formatted(
                    EgovSite.VERIFY, plan.numbers(), EgovSite.CONSTANT, plan.connections(), warmUpSeconds(plan));
            return new Report(page, command, method, List.of("wrk"), figures.promises(), figures.body()).page(clock);
        } finally {
            BenchFolder.delete(folder.resolve("postgresql"));
        }
    }

    private EgovFigures measure(EgovPlan plan, Tools tools, BenchTokens tokens, Path folder, EgovSite site) {
        var clerk = UUID.randomUUID();
        var token = tokens.of(clerk, "mobile", "egov_admin", "egov_admin");
        var load = new EgovLoad(site, token);
        var script = written(folder.resolve("tokens.lua"), Resources.text("tokens.lua"));
        var numbers = plan.numbers();
        Function<Path, Wrk> asking = requests -> new Wrk(tools.path("wrk"), tools.environment(), script, requests);
        var first = asking.apply(posts(folder.resolve("first"), token, iins(WARM_UP, numbers)));
        var hits = asking.apply(posts(folder.resolve("posts"), token, iins(FULL_LOAD, numbers)));
        var refusals = asking.apply(
                posts(folder.resolve("refused"), token, iins(FULL_LOAD, numbers).map(EgovBench::misspelt)));
        var constant = asking.apply(written(folder.resolve("token"), token + "\n"));
        var verify = site.egov().address(EgovSite.VERIFY);
        var admin = site.egov().address(EgovSite.CONSTANT);
        progress.accept("Identical misses");
        var misses = load.misses(plan.parallelMisses(), SampleIin.of(MISSED));
        progress.accept("Warming up, twice %d s".formatted(warmUpSeconds(plan)));
        load.remember(WARM_UP, numbers);
        var warmUp = warmUp(
                plan, "  verifications %,.0f/s", () -> first.run(verify, plan.connections(), EgovPlan.WARM_UP_STEP));
        var ignoredControl = warmUp(
                plan,
                "  constant answers %,.0f/s",
                () -> constant.run(admin, plan.connections(), EgovPlan.WARM_UP_STEP));
        progress.accept("Under full load, %d times A-B-B-A".formatted(plan.repeats()));
        var database = Load.cpu(site.backends().postgres().process());
        Supplier<Load> remembered = () -> {
            load.remember(FULL_LOAD, numbers);
            return said(
                    "  verifications %,.0f/s",
                    Load.on(site.egov().process(), () -> hits.run(verify, plan.connections(), plan.load())));
        };
        var compared = Interleaved.measure(
                plan.repeats(),
                QUIET,
                remembered,
                () -> said(
                        "  constant answers %,.0f/s",
                        Load.on(site.egov().process(), () -> constant.run(admin, plan.connections(), plan.load()))));
        var perHit =
                Load.cpu(site.backends().postgres().process()).minus(database).toNanos()
                        / 1e6
                        / compared.subject().stream()
                                .mapToLong(run -> run.wrk().requests())
                                .sum();
        progress.accept("Beside answers that are written down alike");
        var recorded = Interleaved.measure(
                1,
                QUIET,
                remembered,
                () -> said(
                        "  refusals %,.0f/s",
                        Load.on(site.egov().process(), () -> refusals.run(verify, plan.connections(), plan.load()))));
        progress.accept("At %d a second".formatted(plan.pacePerSecond()));
        load.remember(PACE, numbers);
        var ignored = load.at(plan.pacePerSecond(), Duration.ofSeconds(5), PACE, numbers);
        var busy = QUIET.await();
        progress.accept("  cores busy before it %.2f".formatted(busy));
        var paced = load.at(plan.pacePerSecond(), plan.pace(), PACE, numbers);
        return grown(
                plan,
                site,
                new EgovGrowth(site, load, clerk, token, GROWTH),
                warmUp,
                compared,
                recorded,
                perHit,
                paced,
                misses);
    }

    private EgovFigures grown(
            EgovPlan plan,
            EgovSite site,
            EgovGrowth growth,
            Samples warmUp,
            Interleaved<Load> compared,
            Interleaved<Load> recorded,
            double perHit,
            Timings paced,
            int misses) {
        try (var sql = site.sql()) {
            // What the load has left would be most of the rows.
            sql.run("truncate verification, api_call, outbox_event");
        }
        growth.to(plan.fewRows());
        var few = growth.measure();
        progress.accept("Growing to %,d verifications".formatted(plan.rows()));
        growth.to(plan.rows());
        var many = growth.measure();
        return new EgovFigures(plan, warmUp, compared, recorded, perHit, paced, misses, few, many, growth.reads());
    }

    private Samples warmUp(EgovPlan plan, String format, Supplier<WrkResult> load) {
        var steps = new ArrayList<Double>();
        for (var step = 0; step < plan.warmUpSteps(); step++) {
            var perSecond = load.get().requestsPerSecond();
            progress.accept(format.formatted(perSecond));
            steps.add(perSecond);
        }
        return new Samples(steps);
    }

    private static long warmUpSeconds(EgovPlan plan) {
        return plan.warmUpSteps() * EgovPlan.WARM_UP_STEP.toSeconds();
    }

    private Load said(String format, Load run) {
        progress.accept(format.formatted(run.requestsPerSecond()));
        return run;
    }

    private static Stream<String> iins(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(SampleIin::of);
    }

    /** Its last digit is another. */
    private static String misspelt(String iin) {
        var last = iin.length() - 1;
        return iin.substring(0, last) + (iin.charAt(last) - '0' + 1) % 10;
    }

    private static Path posts(Path file, String token, Stream<String> iins) {
        return written(
                file,
                iins.map(iin -> "%s {\"iin\":\"%s\"}".formatted(token, iin))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
