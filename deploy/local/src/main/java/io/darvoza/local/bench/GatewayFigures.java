package io.darvoza.local.bench;

import java.util.List;

/**
 * What was measured.
 *
 * @param warmUp requests per second of each step after the start
 * @param load gateway and haproxy under full load
 * @param gatewayAlone gateway and no gateway, one request after the other
 * @param controlAlone haproxy and no gateway, one request after the other
 */
record GatewayFigures(
        Samples warmUp,
        Interleaved<Load> load,
        Interleaved<WrkResult> gatewayAlone,
        Interleaved<WrkResult> controlAlone) {

    private static final double WANTED_RATIO = 0.2;
    private static final double HOPED_RATIO = 0.35;
    private static final double WANTED_ADDED_MICROS = 500;

    Samples ratio() {
        return load.subject(Load::requestsPerSecond).ratioTo(load.control(Load::requestsPerSecond));
    }

    Samples addedMicros() {
        return added(gatewayAlone);
    }

    String body() {
        var perSecond = "%,.0f";
        var micros = "%.0f µs";
        var rows = new Table("quantity", "median (lowest – highest)", "per repeat");
        rows.add("gateway, requests/s", load.subject(Load::requestsPerSecond), perSecond);
        rows.add("haproxy, requests/s", load.control(Load::requestsPerSecond), perSecond);
        rows.add("**gateway ÷ haproxy**", ratio(), "%.3f");
        rows.add("gateway, processor time per request", load.subject(Load::cpuMicros), micros);
        rows.add("haproxy, processor time per request", load.control(Load::cpuMicros), micros);
        rows.add("gateway, p99 under that load", load.subject(Load::p99Micros), micros);
        rows.add("haproxy, p99 under that load", load.control(Load::p99Micros), micros);
        rows.add("one connection, direct, p50", gatewayAlone.control(WrkResult::p50Micros), micros);
        rows.add("one connection, gateway, p50", gatewayAlone.subject(WrkResult::p50Micros), micros);
        rows.add("one connection, gateway, p99", gatewayAlone.subject(WrkResult::p99Micros), micros);
        rows.add("**added by the gateway, p50**", addedMicros(), micros);
        rows.add("added by haproxy, p50", added(controlAlone), micros);
        rows.add("cores busy before each repeat", load.busyBefore(), "%.2f");
        return rows + "\n" + curve();
    }

    private static Samples added(Interleaved<WrkResult> alone) {
        return alone.subject(WrkResult::p50Micros).minus(alone.control(WrkResult::p50Micros));
    }

    List<Promise> promises() {
        var ratio = ratio().median();
        return List.of(
                Promise.wanted("ratio at least %.2f".formatted(WANTED_RATIO), ratio >= WANTED_RATIO),
                Promise.aim("%.2f".formatted(HOPED_RATIO), ratio >= HOPED_RATIO),
                Promise.wanted("added p50 at most 0.5 ms", addedMicros().median() <= WANTED_ADDED_MICROS));
    }

    private String curve() {
        var text = new StringBuilder(
                "Warm-up of a fresh gateway, requests/s in steps of %d s under full load:\n\n| until second | requests/s |\n|---|---|\n"
                        .formatted(GatewayPlan.WARM_UP_STEP.toSeconds()));
        List<Double> steps = warmUp.values();
        for (var step = 0; step < steps.size(); step++) {
            text.append(
                    "| %d | %,.0f |%n".formatted((step + 1) * GatewayPlan.WARM_UP_STEP.toSeconds(), steps.get(step)));
        }
        return text.toString();
    }
}
