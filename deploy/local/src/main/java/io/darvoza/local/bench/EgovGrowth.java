package io.darvoza.local.bench;

import io.darvoza.local.client.SampleIin;
import io.darvoza.local.process.StartFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;

/** What single operations cost with few and with many verifications in the table. */
record EgovGrowth(EgovSite site, EgovLoad load, UUID clerk, String administrator, int remembered) {

    private static final int CHUNK = 100_000;

    /** Adds verifications of the past year until there are so many. */
    void to(int rows) {
        try (var sql = site.sql()) {
            var there = Math.toIntExact(count(sql));
            for (var first = there + 1; first <= rows; first += CHUNK) {
                sql.run(Resources.text("grow-verifications.sql")
                        .replace("@FIRST@", Integer.toString(first))
                        .replace("@TOTAL@", Integer.toString(rows))
                        .replace("@CLERK@", clerk.toString())
                        .replace("@LAST@", Integer.toString(Math.min(first + CHUNK - 1, rows))));
            }
            sql.run("vacuum analyze verification");
            sql.run("vacuum analyze api_call");
            sql.run("checkpoint");
        }
    }

    OperationCosts.Costs measure() {
        try (var sql = site.sql();
                var line = new HttpLine(site.egov().port())) {
            load.remember(remembered, 1);
            var costs = new OperationCosts(sql, EgovSite.SERVICE).measure(operations(sql, line));
            return new OperationCosts.Costs(count(sql), costs);
        }
    }

    Map<String, OperationCosts.Reads> reads() {
        try (var sql = site.sql();
                var line = new HttpLine(site.egov().port())) {
            load.remember(remembered, 1);
            return new OperationCosts(sql, EgovSite.SERVICE).reads(new Plans(sql, site.log()), operations(sql, line));
        }
    }

    private Map<String, IntConsumer> operations(Sql sql, HttpLine line) {
        var some = sql.texts("select id from verification where principal = 'user:%s' limit 1".formatted(clerk))
                .getFirst();
        var operations = new LinkedHashMap<String, IntConsumer>();
        operations.put("verify: remembered", _ -> {
            var ignored = load.verify(line, SampleIin.of(remembered));
        });
        operations.put("own verifications: newest 50", _ -> get(line, "/v1/egov/verifications", load.token()));
        operations.put(
                "own verifications: refused ones",
                _ -> get(line, "/v1/egov/verifications?status=invalid", load.token()));
        operations.put("one verification", _ -> get(line, "/v1/egov/verifications/" + some, load.token()));
        operations.put("log of calls: newest 50", _ -> get(line, "/v1/egov/api-log", administrator));
        operations.put("log of calls: to us", _ -> get(line, "/v1/egov/api-log?direction=in", administrator));
        operations.put(
                "log of calls: of a verification",
                _ -> get(line, "/v1/egov/api-log?verification_id=" + some, administrator));
        return operations;
    }

    private static void get(HttpLine line, String path, String token) {
        var answer = line.send("GET", path, Map.of("Authorization", "Bearer " + token), "");
        if (answer.status() != 200) {
            throw new StartFailure("%s answers %d: %s".formatted(path, answer.status(), answer.body()));
        }
    }

    private static long count(Sql sql) {
        return (long) sql.number("select count(*) from verification");
    }
}
