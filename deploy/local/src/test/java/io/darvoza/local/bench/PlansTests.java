package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlansTests {

    @Test
    void readsHowTablesAreReadAndEachWayOnce() {
        var log = """
            2026-11-21 04:00:00.000 UTC [1] LOG:  duration: 0.031 ms  plan:
            \tQuery Text: select * from payment_order o where true order by o.created_at desc limit 51
            \tLimit  (cost=0.15..8.17 rows=1 width=500)
            \t  ->  Index Scan using payment_order_by_time on payment_order o  (cost=0.15..8.17 rows=1 width=500)
            \t  ->  Index Scan using payment_order_by_time on payment_order o  (cost=0.15..9.17 rows=1 width=500)
            \t  ->  Seq Scan on card c  (cost=0.00..1.20 rows=20 width=16)
            \t  ->  Index Only Scan Backward using ops_feed_seq_key on ops_feed  (cost=0.42..0.47 rows=1 width=8)
            \t  ->  Bitmap Heap Scan on payment_order  (cost=4.30..8.31 rows=1 width=500)
            """;

        assertThat(Plans.scans(log))
                .containsExactly(
                        "Bitmap Heap Scan on payment_order",
                        "Index Only Scan Backward using ops_feed_seq_key on ops_feed",
                        "Index Scan using payment_order_by_time on payment_order",
                        "Seq Scan on card");
    }
}
