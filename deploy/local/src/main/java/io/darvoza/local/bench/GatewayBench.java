package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.MeasuredCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How fast the gateway is, with everything on that a request meets there, beside haproxy that checks the same tokens. Needs no
 * running suite; takes free ports.
 */
public final class GatewayBench {

    private static final String BODY = """
            {"user_id":123,"worker_id":null,"username":"bank_client","roles":["bank_client"],"name":"Bench Client"}""";
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Quiet QUIET = new Quiet(0.10, Duration.ofSeconds(40));
    private static final String METHOD = """
            Requests of one path with one of %d tokens each, %d connections, all on 127.0.0.1. A is the gateway as the suite \
            runs it (tokens PS256, limits, versions, access log, metrics on; its PostgreSQL, Redis and Kafka real), B is \
            haproxy, which verifies the same claims signed RS256 and passes on; the upstream is the same. Each repeat is \
            A-B-B-A and counts the mean of its two runs. wrk and the upstream share the cores with what is measured. \
            Latency: one connection, against the upstream without anything before it, in the same order.""".formatted(GatewayPlan.TOKENS, GatewayPlan.CONNECTIONS);

    private final SuiteFolder suite;
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress is told in a line what happens, now and then */
    public GatewayBench(SuiteFolder suite, Clock clock, Consumer<String> progress) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
    }

    /** Measures. */
    public BenchPage run(GatewayPlan plan, String command) {
        var folder = BenchFolder.emptied(suite.shared().resolve("bench-gateway"));
        var tools = Tools.find(suite.shared().resolve("tools"), "wrk", "haproxy");
        var tokens = new BenchTokens(BenchSite.issuer(), clock.instant(), TOKEN_LIFE, GatewayPlan.TOKENS);
        try (var closing = new Closing()) {
            var jwks = closing.add(JwksEndpoint.serve(tokens.jwks()));
            var upstream =
                    closing.add(Haproxy.start(tools, "upstream", FreePorts.next(), Map.of("BODY", BODY), folder));
            var control = closing.add(control(tools, tokens, upstream, folder));
            progress.accept("Starting the gateway and what it needs");
            var site = closing.add(BenchSite.start(
                    Programs.find(),
                    folder,
                    upstream.address(""),
                    jwks.address(),
                    MeasuredCommand.gateway(suite, clock)));
            var figures = measure(plan, tools, tokens, folder, site, control, upstream);
            return new Report("gateway", command, METHOD, versions(tools), figures.promises(), figures.body())
                    .page(clock);
        }
    }

    private GatewayFigures measure(
            GatewayPlan plan,
            Tools tools,
            BenchTokens tokens,
            Path folder,
            BenchSite site,
            Haproxy control,
            Haproxy upstream) {
        var gateway = site.address();
        var ps256 = tokens.ps256();
        var rs256 = tokens.rs256();
        try (var http = HttpClient.newHttpClient()) {
            var preflight = new Preflight(http);
            preflight.checksTokensAndLimits(gateway, ps256.getFirst(), BODY);
            preflight.checksTokens(control.address(BenchSite.PATH), rs256.getFirst(), BODY);
        }
        var script = written(folder.resolve("tokens.lua"), Resources.text("tokens.lua"));
        var good =
                new Wrk(tools.path("wrk"), tools.environment(), script, written(folder.resolve("ps256"), lines(ps256)));
        var forControl =
                new Wrk(tools.path("wrk"), tools.environment(), script, written(folder.resolve("rs256"), lines(rs256)));
        var warmUp = warmUp(plan, good, gateway);
        progress.accept("Under full load, " + plan.repeats() + " times A-B-B-A");
        var load = Interleaved.measure(
                plan.repeats(),
                QUIET,
                () -> Load.on(site.gateway(), () -> good.run(gateway, GatewayPlan.CONNECTIONS, plan.throughput())),
                () -> Load.on(
                        control.process(),
                        () -> forControl.run(
                                control.address(BenchSite.PATH), GatewayPlan.CONNECTIONS, plan.throughput())));
        progress.accept("On one connection");
        var direct = upstream.address(BenchSite.PATH);
        var gatewayAlone = Interleaved.measure(
                plan.repeats(),
                QUIET,
                () -> good.run(gateway, 1, plan.latency()),
                () -> good.run(direct, 1, plan.latency()));
        var controlAlone = Interleaved.measure(
                plan.repeats(),
                QUIET,
                () -> forControl.run(control.address(BenchSite.PATH), 1, plan.latency()),
                () -> good.run(direct, 1, plan.latency()));
        return new GatewayFigures(warmUp, load, gatewayAlone, controlAlone);
    }

    private Samples warmUp(GatewayPlan plan, Wrk wrk, URI gateway) {
        progress.accept("Warming up for %d s".formatted(plan.warmUpSteps() * GatewayPlan.WARM_UP_STEP.toSeconds()));
        var steps = new ArrayList<Double>();
        for (var step = 0; step < plan.warmUpSteps(); step++) {
            steps.add(wrk.run(gateway, GatewayPlan.CONNECTIONS, GatewayPlan.WARM_UP_STEP)
                    .requestsPerSecond());
        }
        return new Samples(steps);
    }

    private static Haproxy control(Tools tools, BenchTokens tokens, Haproxy upstream, Path folder) {
        var key = written(folder.resolve("key.pem"), tokens.publicKeyPem());
        return Haproxy.start(
                tools,
                "control",
                FreePorts.next(),
                Map.of(
                        "KEY",
                        key.toString(),
                        "ISSUER",
                        BenchSite.issuer().toString(),
                        "AUDIENCE",
                        BenchTokens.AUDIENCE,
                        "UPSTREAM",
                        Integer.toString(upstream.port())),
                folder);
    }

    private static List<String> versions(Tools tools) {
        return List.of("haproxy", "wrk").stream()
                .map(name -> new Command(
                                List.of(tools.path(name), "-v"),
                                Path.of("/"),
                                tools.environment(),
                                Duration.ofSeconds(10))
                        .run()
                        .output()
                        .lines()
                        .findFirst()
                        .orElse(name)
                        .replaceAll("\\s*(\\[|Copyright|-? ?https?:).*", ""))
                .toList();
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
