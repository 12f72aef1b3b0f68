package io.darvoza.local.bench;

import java.util.List;
import java.util.Map;

/**
 * What was measured of payments.
 *
 * @param warmUp whole payments per second while the service and the gateway became fast
 * @param deposits approvals in SQL alone and TPC-B, with all clients
 * @param depositsAlone the same with one client
 * @param withdrawals in SQL alone and TPC-B, with all clients
 * @param flows whole payments over HTTP and TPC-B
 * @param oneHot whole payments of one partner and TPC-B
 * @param paced what happened while payments began at a fixed pace
 * @param few what operations cost with the orders of the measurement so far
 * @param many the same in the end
 * @param reads how the operations' statements read tables in the end
 * @param afterLoad the ledger's check before the tables grew
 * @param inTheEnd the same with all orders
 */
record PaymentsFigures(
        Samples warmUp,
        Interleaved<Double> deposits,
        Interleaved<Double> depositsAlone,
        Interleaved<Double> withdrawals,
        Interleaved<FlowLoad.Run> flows,
        Interleaved<FlowLoad.Run> oneHot,
        Paced paced,
        OperationCosts.Costs few,
        OperationCosts.Costs many,
        Map<String, OperationCosts.Reads> reads,
        Check afterLoad,
        Check inTheEnd) {

    private static final double WANTED_LEDGER = 0.6;
    private static final double WANTED_FLOWS = 0.15;
    private static final double WANTED_APPROVE_MILLIS = 50;
    private static final double WANTED_STREAM_MILLIS = 500;
    private static final double HOPED_STREAM_MILLIS = 100;
    private static final String PER_SECOND = "%,.0f";

    /**
     * At a fixed pace.
     *
     * @param stream how late each event was at the operator
     * @param outbox how long each event waited until the broker had it
     */
    record Paced(FlowLoad.Paced payments, Timings stream, Timings outbox, double busy) {}

    /** The service's own check of the ledger's invariants. */
    record Check(double seconds, String broken) {

        static final String NOTHING = "nothing";

        boolean holds() {
            return broken.equals(NOTHING);
        }
    }

    String body() {
        return "%s%n%s%n%s%n%s%n%s"
                .formatted(
                        rates(),
                        pace(),
                        OperationCosts.growth("orders", few, many),
                        OperationCosts.plans("orders", many, reads),
                        ledger());
    }

    private Table rates() {
        var table = new Table("quantity", "median (lowest – highest)", "per repeat");
        table.add("ledger SQL: approved deposits/s, 8 clients", subject(deposits), PER_SECOND);
        table.add("pgbench TPC-B beside it", control(deposits), PER_SECOND);
        table.add("**ledger SQL ÷ TPC-B, 8 clients**", ratio(deposits), "%.2f");
        table.add("ledger SQL: approved deposits/s, 1 client", subject(depositsAlone), PER_SECOND);
        table.add("pgbench TPC-B beside it", control(depositsAlone), PER_SECOND);
        table.add("ledger SQL ÷ TPC-B, 1 client", ratio(depositsAlone), "%.2f");
        table.add("ledger SQL: withdrawals/s (hold, then approval), 8 clients", subject(withdrawals), PER_SECOND);
        table.add("its transactions ÷ TPC-B", ratio(withdrawals, 2), "%.2f");
        table.add("whole payments/s over HTTP, 8 clients", flows.subject(FlowLoad.Run::perSecond), PER_SECOND);
        table.add("pgbench TPC-B beside it", flows.control(FlowLoad.Run::perSecond), PER_SECOND);
        table.add("**whole payments ÷ TPC-B**", flowRatio(flows), "%.3f");
        table.add("whole payments/s of one hot partner", oneHot.subject(FlowLoad.Run::perSecond), PER_SECOND);
        table.add("one hot partner ÷ TPC-B", flowRatio(oneHot), "%.3f");
        table.add("… while warming up, each %d s".formatted(PaymentsPlan.WARM_UP_STEP.toSeconds()), warmUp, PER_SECOND);
        table.add("processor time per payment: gateway, ms", flows.subject(FlowLoad.Run::gatewayMillis), "%.2f");
        table.add("… payments-service, ms", flows.subject(FlowLoad.Run::serviceMillis), "%.2f");
        table.add("… PostgreSQL, ms", flows.subject(FlowLoad.Run::databaseMillis), "%.2f");
        table.add("cores busy before each repeat", flows.busyBefore(), "%.2f");
        return table;
    }

    List<Promise> promises() {
        var ledger = Math.min(ratio(deposits).median(), ratio(depositsAlone).median());
        var late = paced.stream().quantile(0.99);
        return List.of(
                Promise.wanted(
                        "ledger SQL at least %.2f of TPC-B at equal clients".formatted(WANTED_LEDGER),
                        ledger >= WANTED_LEDGER),
                Promise.wanted(
                        "whole payments at least %.2f".formatted(WANTED_FLOWS),
                        flowRatio(flows).median() >= WANTED_FLOWS),
                Promise.wanted(
                        "p99 of approve under %.0f ms at 50 payments a second".formatted(WANTED_APPROVE_MILLIS),
                        paced.payments().approvals().quantile(0.99) < WANTED_APPROVE_MILLIS),
                Promise.wanted(
                        "commit to operator's stream, p99, under %.0f ms".formatted(WANTED_STREAM_MILLIS),
                        late < WANTED_STREAM_MILLIS),
                Promise.aim("%.0f ms".formatted(HOPED_STREAM_MILLIS), late <= HOPED_STREAM_MILLIS),
                OperationCosts.noLongTableReadWhole(reads),
                Promise.wanted("the ledger's invariants hold", afterLoad.holds() && inTheEnd.holds()));
    }

    private String pace() {
        var table = new Table("at 50 payments a second", "count", "p50 / p99 / longest, ms");
        row(table, "approve", paced.payments().approvals());
        row(table, "payment begun after its time", paced.payments().late());
        row(table, "written until on the operator's stream", paced.stream());
        row(table, "outbox: written until the broker has it", paced.outbox());
        return table + "\nCores busy meanwhile, with the client: %.2f.\n".formatted(paced.busy());
    }

    private static void row(Table table, String name, Timings timings) {
        table.row(name, Integer.toString(timings.count()), timings.summary());
    }

    private String ledger() {
        return "Invariants of the ledger found broken: after the load %s (the check took %.1f s), with %,d orders %s (%.1f s).\n"
                .formatted(afterLoad.broken(), afterLoad.seconds(), many.rows(), inTheEnd.broken(), inTheEnd.seconds());
    }

    private static Samples subject(Interleaved<Double> measured) {
        return measured.subject(Double::doubleValue);
    }

    private static Samples control(Interleaved<Double> measured) {
        return measured.control(Double::doubleValue);
    }

    private static Samples ratio(Interleaved<Double> measured) {
        return ratio(measured, 1);
    }

    private static Samples ratio(Interleaved<Double> measured, int transactions) {
        return measured.subject(rate -> transactions * rate).ratioTo(control(measured));
    }

    private static Samples flowRatio(Interleaved<FlowLoad.Run> measured) {
        return measured.subject(FlowLoad.Run::perSecond).ratioTo(measured.control(FlowLoad.Run::perSecond));
    }
}
