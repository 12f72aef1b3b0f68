package io.darvoza.local.bench;

import java.time.Duration;

/**
 * How long the gateway is measured.
 *
 * @param warmUpSteps so many steps of five seconds under full load, from the moment that the gateway is ready
 * @param repeats of A-B-B-A
 * @param throughput one run under full load
 * @param latency one run on one connection
 */
public record GatewayPlan(int warmUpSteps, int repeats, Duration throughput, Duration latency) {

    static final Duration WARM_UP_STEP = Duration.ofSeconds(5);
    static final int CONNECTIONS = 32;
    static final int TOKENS = 64;

    /** Two minutes of warm-up, five repeats: what the published figures are made with; about eight minutes. */
    public static GatewayPlan full() {
        return new GatewayPlan(24, 5, Duration.ofSeconds(8), Duration.ofSeconds(4));
    }

    /** While working on the gateway: two minutes altogether, of which the figures are too kind to neither side. */
    public static GatewayPlan quick() {
        return new GatewayPlan(12, 2, Duration.ofSeconds(5), Duration.ofSeconds(3));
    }
}
