package io.darvoza.local.bench;

import java.util.List;

/**
 * What was measured of uploads.
 *
 * @param speed megabytes a second through the gateway, and straight to the store
 * @param heap of the service in use meanwhile, in MiB
 * @param heapLimit to which it may grow, in MiB
 */
record UploadFigures(Interleaved<Double> speed, Samples heap, double heapLimit) {

    private static final double WANTED_RATIO = 0.7;
    private static final double HOPED_RATIO = 0.95;

    List<Promise> promises() {
        var ratio = ratio().median();
        return List.of(
                Promise.wanted("uploads at least %.1f of a plain PUT".formatted(WANTED_RATIO), ratio >= WANTED_RATIO),
                Promise.aim("%.2f".formatted(HOPED_RATIO), ratio >= HOPED_RATIO));
    }

    String body() {
        var table = new Table("quantity", "median (lowest – highest)", "per repeat");
        table.add("upload through the gateway, MB/s", gateway(), "%.0f");
        table.add("PUT to S3, MB/s", direct(), "%.0f");
        table.add("**gateway ÷ S3**", ratio(), "%.2f");
        table.row(
                "heap of banking-docs-service in use, MiB",
                heap.summary("%.0f"),
                heap.values().size() + " samples");
        table.add("cores busy before each repeat", speed.busyBefore(), "%.2f");
        return "%s%nThe service's heap may grow to %.0f MiB.%n".formatted(table, heapLimit);
    }

    private Samples ratio() {
        return gateway().ratioTo(direct());
    }

    private Samples gateway() {
        return speed.subject(Double::doubleValue);
    }

    private Samples direct() {
        return speed.control(Double::doubleValue);
    }
}
