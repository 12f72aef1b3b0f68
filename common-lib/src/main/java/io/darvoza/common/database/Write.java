package io.darvoza.common.database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows that somebody wants written with a change. What belongs to one change is written {@linkplain #together}: in one round
 * trip, however many features have a part in it, and each keeps its own SQL.
 *
 * @param sql an insert, update or delete with named parameters and without {@code returning}, always the same text
 * @param values of all its parameters, none of them null: see {@link SqlValue}
 * @param written what follows in the same transaction, given the number of rows
 */
public record Write(String sql, Map<String, Object> values, LongFunction<Mono<Void>> written) {

    /** Not a cast, which has two colons. */
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

    /** As few as there are lists of writes in the code. */
    private static final Map<List<String>, String> STATEMENTS = new ConcurrentHashMap<>();

    /**
     * Sends them as one statement: all are written or none is. None sees what another one writes; their triggers run in order.
     */
    public static Mono<Void> together(DatabaseClient database, List<Write> writes) {
        return Mono.defer(() -> {
            // At once: one by one, each of dozens of values would copy those before it.
            var values = new HashMap<String, Object>();
            for (int place = 0; place < writes.size(); place++) {
                String prefix = name(place) + "_";
                writes.get(place).values().forEach((name, value) -> values.put(prefix + name, value));
            }
            return database.sql(STATEMENTS.computeIfAbsent(
                            writes.stream().map(Write::sql).toList(), Write::joined))
                    .bindValues(values)
                    .map(row -> IntStream.range(0, writes.size())
                            .mapToObj(place -> Objects.requireNonNull(row.get(place, Long.class)))
                            .toList())
                    .one()
                    .flatMap(rows -> tell(writes, rows));
        });
    }

    private static Mono<Void> tell(List<Write> writes, List<Long> rows) {
        return Flux.range(0, writes.size())
                .concatMap(place -> writes.get(place).written().apply(rows.get(place)))
                .then();
    }

    /** Parts of a {@code with}, which PostgreSQL carries out to their ends, and the number of rows of each. */
    private static String joined(List<String> parts) {
        Stream<String> writes = IntStream.range(0, parts.size())
                .mapToObj(place -> name(place) + " as (" + renamed(parts.get(place), place) + " returning 1)");
        Stream<String> counts =
                IntStream.range(0, parts.size()).mapToObj(place -> "(select count(*) from " + name(place) + ")");
        return "with " + writes.collect(Collectors.joining(", ")) + " select "
                + counts.collect(Collectors.joining(", "));
    }

    private static String renamed(String sql, int place) {
        return PARAMETER.matcher(sql).replaceAll(":" + name(place) + "_$1");
    }

    private static String name(int place) {
        return "w" + place;
    }
}
