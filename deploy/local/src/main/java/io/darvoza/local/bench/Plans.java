package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How the server carried out the statements that the service really sent, with the values it sent: module auto_explain writes
 * their plans to the server's log.
 *
 * @param log of the server
 */
record Plans(Sql sql, Path log) {

    /** A node that reads a table, without costs. */
    private static final Pattern SCAN = Pattern.compile(
            "(Seq Scan|Index Scan(?: Backward)?|Index Only Scan(?: Backward)?|Bitmap Heap Scan)(?: using (\\w+))? on"
                    + " (\\w+)");

    private static final int LONG_TABLE = 5000;

    /** The ways in which tables were read, such as {@code Index Scan using payment_order_by_time on payment_order}. */
    List<String> of(Runnable work) {
        explain("0");
        var start = length();
        work.run();
        explain("-1");
        return scans(readFrom(start));
    }

    /** Of these the ones that read a long table from end to end. */
    List<String> wholeReads(List<String> scans) {
        var longTables = sql.texts("select relname from pg_class where relkind = 'r' and reltuples > " + LONG_TABLE);
        return scans.stream()
                .filter(scan ->
                        scan.startsWith("Seq Scan") && longTables.contains(scan.substring(scan.lastIndexOf(' ') + 1)))
                .toList();
    }

    static List<String> scans(String log) {
        var found = new TreeSet<String>();
        SCAN.matcher(log).results().forEach(node -> found.add(node.group()));
        return List.copyOf(found);
    }

    /** Sessions follow at their next statement. */
    private void explain(String atLeastMillis) {
        sql.run("alter system set auto_explain.log_min_duration = " + atLeastMillis);
        sql.run("alter system set auto_explain.log_nested_statements = on");
        sql.run("select pg_reload_conf()");
        sql.run("select pg_sleep(0.5)");
    }

    private long length() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String readFrom(long start) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(start);
            var bytes = new byte[Math.toIntExact(file.length() - start)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartFailure("The server's log cannot be read: " + e.getMessage());
        }
    }
}
