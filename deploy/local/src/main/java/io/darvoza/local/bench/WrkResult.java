package io.darvoza.local.bench;

import java.util.regex.Pattern;

/**
 * What {@code wrk --latency} says.
 *
 * @param failures answers other than 2xx and 3xx, and errors of sockets
 */
record WrkResult(long requests, double requestsPerSecond, double p50Micros, double p99Micros, long failures) {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern OTHER_ANSWERS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    static WrkResult parse(String output) {
        return new WrkResult(
                Long.parseLong(find(REQUESTS, output, "number of requests")),
                Double.parseDouble(find(RATE, output, "Requests/sec")),
                percentile(50, output),
                percentile(99, output),
                failures(output));
    }

    private static double percentile(int percent, String output) {
        var line = Pattern.compile("^\\s+" + percent + "%\\s+([\\d.]+)(us|ms|s|m)\\s*$", Pattern.MULTILINE)
                .matcher(output);
        if (!line.find()) {
            throw new IllegalArgumentException("wrk printed no " + percent + "% in:\n" + output);
        }
        return Double.parseDouble(line.group(1)) * micros(line.group(2));
    }

    private static double micros(String unit) {
        return switch (unit) {
            case "us" -> 1;
            case "ms" -> 1_000;
            case "s" -> 1_000_000;
            default -> 60_000_000;
        };
    }

    private static long failures(String output) {
        long failures = 0;
        var sockets = SOCKET_ERRORS.matcher(output);
        if (sockets.find()) {
            for (var group = 1; group <= sockets.groupCount(); group++) {
                failures += Long.parseLong(sockets.group(group));
            }
        }
        var answers = OTHER_ANSWERS.matcher(output);
        return answers.find() ? failures + Long.parseLong(answers.group(1)) : failures;
    }

    private static String find(Pattern pattern, String output, String name) {
        var matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalArgumentException("wrk printed no " + name + " in:\n" + output);
        }
        return matcher.group(1);
    }
}
