package io.darvoza.local.bench;

import io.darvoza.local.bench.Machine.Ticks;
import io.darvoza.local.bench.OperationCosts.Costs;
import io.darvoza.local.state.SuiteFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How fast payments are, in SQL alone and whole through the gateway, beside pgbench on the same PostgreSQL server; how late
 * operators see them; and what more orders cost. Needs no running suite and touches none; takes free ports.
 */
public final class PaymentsBench {

    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    private static final Quiet QUIET = new Quiet(0.15, Duration.ofSeconds(10));
    private static final Fitness LEAST = new Fitness(2, 3000, 4000, 0.5);
    private static final String CHECK = "/v1/payments/admin/ledger/check";
    private static final String METHOD = """
            All on 127.0.0.1, on one PostgreSQL server as the suite runs it (fsync on; auto_explain loaded and silent), whose \
            database for pgbench has scale %d; statements are prepared on both sides. Ledger SQL is run by pgbench itself: an \
            approved deposit is the order's conditional update and its posting in one transaction. A whole payment is four \
            requests through the gateway as the suite runs it, token checks, limits and access log on: created (JWT, HMAC \
            signature, idempotency key), confirmed, claimed, approved; half of them deposits, half withdrawals, of %,d \
            partners at random, on 20 cards, without callback endpoints; %d clients without pause. Each repeat is A-B-B-A and \
            counts the mean of its two runs. Client, gateway, service, broker and database share the cores. The operator's \
            stream is measured from what the service wrote, before the commit, to its arrival through the gateway. The data \
            are made for the measurement and gone with it.""";

    private final SuiteFolder suite;
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress is told in a line what happens, now and then */
    public PaymentsBench(SuiteFolder suite, Clock clock, Consumer<String> progress) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
    }

    /** Measures. */
    public BenchPage run(PaymentsPlan plan, String command) {
        var folder = BenchFolder.emptied(suite.shared().resolve("bench-payments"));
        Fitness.of(folder).require(LEAST);
        var tools = Tools.find(suite.shared().resolve("tools"), Pgbench.PROGRAM);
        var tokens = new BenchTokens(BenchSite.issuer(), clock.instant(), TOKEN_LIFE, 0);
        try (var closing = new Closing()) {
            var jwks = closing.add(JwksEndpoint.serve(tokens.jwks()));
            progress.accept("Starting gateway, payments-service and what they need");
            var site = closing.add(PaymentsSite.start(suite, folder, jwks.address(), clock));
            var pgbench = new Pgbench(
                    tools, site.backends().postgres(), site.backends().password());
            var figures = measure(plan, site, tokens, pgbench, folder);
            var method = METHOD.formatted(plan.scale(), plan.partners(), plan.clients());
            return new Report(
                            "payments", command, method, List.of(pgbench.version()), figures.promises(), figures.body())
                    .page(clock);
        } finally {
            BenchFolder.delete(folder.resolve("postgresql"));
        }
    }

    private PaymentsFigures measure(
            PaymentsPlan plan, PaymentsSite site, BenchTokens tokens, Pgbench pgbench, Path folder) {
        progress.accept("Registering %d partners".formatted(plan.partners()));
        var cast = PaymentsCast.gather(site, tokens, plan);
        var load = new FlowLoad(site, cast, plan.clients(), clock);
        progress.accept("Laying out what pgbench works on");
        pgbench.initialise(plan.scale());
        var ledger = LedgerSql.prepare(site, pgbench, folder, plan);
        progress.accept("Warming up for %d s".formatted(plan.warmUpSteps() * PaymentsPlan.WARM_UP_STEP.toSeconds()));
        var warmUp = warmUp(plan, load);
        var growth = new OrderGrowth(site, cast, load);
        growth.to(plan.fewOrders());
        var few = told(growth.measure());
        progress.accept("Ledger SQL, %d times A-B-B-A".formatted(plan.repeats()));
        var all = plan.clients();
        var each = plan.ledgerEach();
        var deposits = compared(plan, pgbench, all, () -> ledger.deposits(all, each));
        var alone = compared(plan, pgbench, 1, () -> ledger.deposits(1, each));
        var withdrawals = compared(plan, pgbench, all, () -> ledger.withdrawals(all, each));
        progress.accept("Whole payments, %d times A-B-B-A".formatted(plan.repeats()));
        var flows = flows(plan, plan.repeats(), pgbench, () -> load.anyPartner(plan.load()));
        var oneHot = flows(plan, 1, pgbench, () -> load.onePartner(plan.load()));
        progress.accept("Fifty payments a second");
        var paced = paced(plan, site, cast, load);
        var afterLoad = check(site, cast);
        progress.accept("Growing to %,d orders".formatted(plan.orders()));
        growth.to(plan.orders());
        var many = told(growth.measure());
        var reads = growth.reads();
        return new PaymentsFigures(
                warmUp,
                deposits,
                alone,
                withdrawals,
                flows,
                oneHot,
                paced,
                few,
                many,
                reads,
                afterLoad,
                check(site, cast));
    }

    private Samples warmUp(PaymentsPlan plan, FlowLoad load) {
        var steps = new ArrayList<Double>();
        for (var step = 0; step < plan.warmUpSteps(); step++) {
            steps.add(said(
                    "  payments %,.0f/s",
                    load.anyPartner(PaymentsPlan.WARM_UP_STEP).perSecond()));
        }
        return new Samples(steps);
    }

    private Costs told(Costs costs) {
        progress.accept("  with %,d orders".formatted(costs.rows()));
        return costs;
    }

    private Interleaved<Double> compared(PaymentsPlan plan, Pgbench pgbench, int clients, Supplier<Double> subject) {
        return Interleaved.measure(
                plan.repeats(),
                QUIET,
                () -> said("  payments %,.0f/s", subject.get()),
                () -> said("  TPC-B %,.0f/s", pgbench.tpcB(clients, plan.load())));
    }

    private Interleaved<FlowLoad.Run> flows(
            PaymentsPlan plan, int repeats, Pgbench pgbench, Supplier<FlowLoad.Run> subject) {
        return Interleaved.measure(
                repeats,
                QUIET,
                () -> {
                    var run = subject.get();
                    var ignored = said("  payments %,.0f/s", run.perSecond());
                    return run;
                },
                () -> FlowLoad.Run.of(said("  TPC-B %,.0f/s", pgbench.tpcB(plan.clients(), plan.load()))));
    }

    private double said(String format, double value) {
        progress.accept(format.formatted(value));
        return value;
    }

    private PaymentsFigures.Paced paced(PaymentsPlan plan, PaymentsSite site, PaymentsCast cast, FlowLoad load) {
        try (var sql = site.sql(PaymentsSite.SERVICE);
                var stream = DeskStream.open(site, cast, clock)) {
            load.atLeast(plan.pacePerSecond());
            var ignored = QUIET.await();
            var start = sql.texts("select clock_timestamp()").getFirst();
            var seen = stream.count();
            var before = Ticks.now();
            var payments = load.at(plan.pacePerSecond(), plan.pace());
            var busy = Ticks.now().busySince(before);
            sql.run("select pg_sleep(2)");
            var outbox = sql.texts("select extract(epoch from sent_at - created_at) * 1000 from outbox_event"
                    + " where created_at >= '" + start + "'");
            return new PaymentsFigures.Paced(
                    payments,
                    stream.lateAfter(seen),
                    Timings.of(outbox.stream().map(Double::valueOf).toList()),
                    busy);
        }
    }

    /** The service's own check, which reads everything. */
    private static PaymentsFigures.Check check(PaymentsSite site, PaymentsCast cast) {
        try (var line = new HttpLine(site.payments().port())) {
            var start = System.nanoTime();
            var answer = line.send("GET", CHECK, PaymentsCast.bearer(cast.administrator()), "");
            var seconds = (System.nanoTime() - start) / 1e9;
            var balanced = answer.status() == 200 && answer.body().contains("\"balanced\":true");
            return new PaymentsFigures.Check(seconds, balanced ? PaymentsFigures.Check.NOTHING : answer.body());
        }
    }
}
