package io.darvoza.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What requests for documents cost through the gateway, with few and with many documents in the tables. */
final class DocumentGrowth {

    private static final int CHUNK = 50_000;
    private static final int TIMES = 100;
    private static final int EXPLAINED = 8;
    static final int CLIENTS = 16;

    private final DocumentsSite site;
    private final DocumentRequests requests;

    DocumentGrowth(DocumentsSite site, DocumentRequests requests) {
        this.site = site;
        this.requests = requests;
    }

    /**
     * What one kind of request cost.
     *
     * @param bytes of the last answer's body
     */
    record Cost(Timings millis, int bytes) {}

    /** What requests cost with so many documents. */
    record Costs(long documents, Map<String, Cost> of) {}

    /** How a request's statements read tables. */
    record Reads(List<String> scans, List<String> whole) {}

    /**
     * Requests that begin at a fixed pace, whatever became of those before.
     *
     * @param late how late each began
     */
    record Paced(Map<String, Timings> of, Timings late) {}

    /** Adds documents until there are so many. */
    void to(int documents) {
        try (var sql = site.sql()) {
            // Neither foreign keys nor triggers: what is written is right, and row by row it would take long.
            sql.run("set session_replication_role = replica");
            for (var first = count(sql) + 1; first <= documents; first += CHUNK) {
                sql.run(Resources.text("grow-documents.sql")
                        .replace("@SUBJECT@", requests.subject().toString())
                        .replace("@BASE@", Long.toString(DocumentRequests.FIRST))
                        .replace("@FIRST@", Long.toString(first))
                        .replace("@TOTAL@", Integer.toString(documents))
                        .replace("@LAST@", Long.toString(Math.min(first + CHUNK - 1, documents))));
            }
            sql.run("vacuum analyze user_account, document, document_version, stat");
        }
    }

    Costs measure() {
        try (var sql = site.sql();
                var line = new HttpLine(requests.port())) {
            var documents = count(sql);
            var costs = new LinkedHashMap<String, Cost>();
            for (var name : requests.of(0, documents).keySet()) {
                var millis = new ArrayList<Double>();
                var bytes = 0;
                for (var i = 0; i < TIMES; i++) {
                    var request = requests.one(name, i, documents);
                    var start = System.nanoTime();
                    bytes = DocumentRequests.ask(line, request);
                    millis.add((System.nanoTime() - start) / 1e6);
                }
                costs.put(name, new Cost(Timings.of(millis), bytes));
            }
            return new Costs(documents, costs);
        }
    }

    /** With the values and the statements that the service really sent. */
    Map<String, Reads> reads() {
        try (var sql = site.sql();
                var line = new HttpLine(requests.port())) {
            var documents = count(sql);
            var plans = new Plans(sql, site.log());
            var reads = new LinkedHashMap<String, Reads>();
            for (var name : requests.of(0, documents).keySet()) {
                var scans = plans.of(() -> {
                    for (var i = 0; i < EXPLAINED; i++) {
                        var ignored = DocumentRequests.ask(line, requests.one(name, i, documents));
                    }
                });
                reads.put(name, new Reads(scans, plans.wholeReads(scans)));
            }
            return reads;
        }
    }

    /** Gets and lists in turn, of all kinds but pages and searches. */
    Paced at(int perSecond, Duration time) {
        var ticks = Math.toIntExact(perSecond * time.toSeconds());
        var next = new AtomicInteger();
        var late = new ConcurrentLinkedQueue<Double>();
        var taken = new TreeMap<String, ConcurrentLinkedQueue<Double>>();
        taken.put("get", new ConcurrentLinkedQueue<>());
        taken.put("list", new ConcurrentLinkedQueue<>());
        long documents;
        try (var sql = site.sql()) {
            documents = count(sql);
        }
        var kinds = requests.of(0, documents).keySet().stream()
                .filter(name -> taken.containsKey(kind(name)))
                .toList();
        var start = System.nanoTime();
        FlowLoad.together(CLIENTS, _ -> () -> {
            try (var line = new HttpLine(requests.port())) {
                for (var tick = next.getAndIncrement(); tick < ticks; tick = next.getAndIncrement()) {
                    var name = kinds.get(tick % kinds.size());
                    var request = requests.one(name, tick, documents);
                    late.add(FlowLoad.await(start + (long) (tick * 1e9 / perSecond)));
                    var sent = System.nanoTime();
                    var ignored = DocumentRequests.ask(line, request);
                    Objects.requireNonNull(taken.get(kind(name))).add((System.nanoTime() - sent) / 1e6);
                }
            }
        });
        var timings = new TreeMap<String, Timings>();
        taken.forEach((kind, millis) -> timings.put(kind, Timings.of(millis)));
        return new Paced(timings, Timings.of(late));
    }

    private static String kind(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    private static long count(Sql sql) {
        return (long) sql.number("select count(*) from document where id > " + DocumentRequests.FIRST);
    }
}
