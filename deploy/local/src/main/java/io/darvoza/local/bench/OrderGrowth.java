package io.darvoza.local.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** What single operations cost, through the gateway and one after the other, with few and with many orders in the tables. */
final class OrderGrowth {

    private static final int CHUNK = 50_000;

    private final PaymentsSite site;
    private final PaymentsCast cast;
    private final FlowLoad load;

    OrderGrowth(PaymentsSite site, PaymentsCast cast, FlowLoad load) {
        this.site = site;
        this.cast = cast;
        this.load = load;
    }

    /** Adds closed orders until there are so many. */
    void to(int orders) {
        try (var sql = site.sql(PaymentsSite.SERVICE)) {
            // Neither foreign keys nor triggers: what is written is right, and row by row it would take half an hour.
            sql.run("set session_replication_role = replica");
            var there = Math.toIntExact(count(sql));
            for (var first = there + 1; first <= orders; first += CHUNK) {
                sql.run(Resources.text("grow-orders.sql")
                        .replace("@FIRST@", Integer.toString(first))
                        .replace("@TOTAL@", Integer.toString(orders))
                        .replace("@LAST@", Integer.toString(Math.min(first + CHUNK - 1, orders))));
            }
            sql.run("vacuum analyze payment_order, ledger_tx, ledger_entry, card_reservation, ops_feed");
        }
    }

    OperationCosts.Costs measure() {
        try (var sql = site.sql(PaymentsSite.SERVICE);
                var flow = load.client(0)) {
            var costs = new OperationCosts(sql, PaymentsSite.SERVICE).measure(operations(flow));
            return new OperationCosts.Costs(count(sql), costs);
        }
    }

    Map<String, OperationCosts.Reads> reads() {
        try (var sql = site.sql(PaymentsSite.SERVICE);
                var flow = load.client(0)) {
            return new OperationCosts(sql, PaymentsSite.SERVICE).reads(new Plans(sql, site.log()), operations(flow));
        }
    }

    /** Each takes the number of its repetition; the later steps of a payment go on with what the earlier ones left. */
    private Map<String, IntConsumer> operations(PaymentFlow flow) {
        var partner = cast.partners().getFirst();
        var operator = cast.operators().getFirst();
        var orders = new ArrayList<PaymentFlow.Order>();
        var operations = new LinkedHashMap<String, IntConsumer>();
        operations.put("desk: newest 50", _ -> flow.get(PaymentFlow.DESK, operator));
        operations.put(
                "desk: the queue", _ -> flow.get(PaymentFlow.DESK + "?status=processing&order=oldest", operator));
        operations.put("desk: by external id", i -> flow.get(PaymentFlow.DESK + "?q=bench-no-such-" + i, operator));
        operations.put("partner: newest 50", _ -> flow.get(PaymentFlow.ORDERS, partner.token()));
        operations.put("partner: statement", _ -> flow.get("/v1/payments/statement", partner.token()));
        operations.put("create, with card choice", _ -> orders.add(flow.create(partner, true)));
        operations.put("confirm", i -> flow.confirm(orders.get(i)));
        operations.put("claim", i -> orders.set(i, flow.claim(orders.get(i))));
        operations.put("approve", i -> flow.approve(orders.get(i)));
        return operations;
    }

    private static long count(Sql sql) {
        return (long) sql.number("select count(*) from payment_order");
    }
}
