package io.darvoza.common.database;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How something becomes a row of a table. However many rows there are, they are one statement, always the same: the values of a
 * column travel as one array.
 */
public final class Insert<T> {

    private final String table;
    private final List<Column<T>> columns;
    private final Runnable committed;
    private final String sql;

    private Insert(String table, List<Column<T>> columns, Runnable committed) {
        this.table = table;
        this.columns = columns;
        this.committed = committed;
        this.sql = "insert into %s (%s) select * from unnest(%s)"
                .formatted(
                        table,
                        columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                        columns.stream()
                                .map(column -> "cast(:%s as %s[])".formatted(column.name(), column.type()))
                                .collect(Collectors.joining(", ")));
    }

    /** Into a table, without columns yet. */
    public static <T> Insert<T> into(String table) {
        return new Insert<>(table, List.of(), () -> {});
    }

    private record Column<T>(String name, String type, Class<?> sent, Function<T, @Nullable Object> value) {}

    /**
     * A row to be.
     *
     * @param values of all columns, in their order
     */
    public record Row(Insert<?> insert, @Nullable Object[] values) {

        /** This row alone, to be written with something else. */
        public Write write() {
            return insert.write(List.of(this));
        }

        /** A row may be about a person. */
        @Override
        public String toString() {
            return "Row[" + insert.table + "]";
        }
    }

    public Insert<T> text(String name, Function<T, @Nullable String> value) {
        return with(name, "text", String.class, value::apply);
    }

    public Insert<T> uuid(String name, Function<T, @Nullable UUID> value) {
        return with(name, "uuid", UUID.class, value::apply);
    }

    public Insert<T> time(String name, Function<T, @Nullable Instant> value) {
        return with(name, "timestamptz", Instant.class, value::apply);
    }

    public Insert<T> integer(String name, Function<T, @Nullable Integer> value) {
        return with(name, "integer", Integer.class, value::apply);
    }

    public Insert<T> bigint(String name, Function<T, @Nullable Long> value) {
        return with(name, "bigint", Long.class, value::apply);
    }

    public Insert<T> bool(String name, Function<T, @Nullable Boolean> value) {
        return with(name, "boolean", Boolean.class, value::apply);
    }

    /** Sent as text, since the driver knows no arrays of byte arrays. */
    public Insert<T> bytes(String name, Function<T, byte @Nullable []> value) {
        return with(name, "bytea", String.class, of -> {
            byte[] bytes = value.apply(of);
            return bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes);
        });
    }

    private Insert<T> with(String name, String type, Class<?> sent, Function<T, @Nullable Object> value) {
        var more = new ArrayList<>(columns);
        more.add(new Column<>(name, type, sent, value));
        return new Insert<>(table, List.copyOf(more), committed);
    }

    /** What {@link GroupCommit} calls after it has committed such rows, once however many they are. Must not block. */
    public Insert<T> committed(Runnable told) {
        return new Insert<>(table, columns, told);
    }

    /** The row of this. */
    public Row row(T of) {
        var values = new @Nullable Object[columns.size()];
        for (int place = 0; place < values.length; place++) {
            values[place] = columns.get(place).value().apply(of);
        }
        return new Row(this, values);
    }

    /** Rows to be written with something else, see {@link Write#together}. */
    public Write write(List<Row> rows) {
        Map<String, Object> values = new HashMap<>();
        for (int place = 0; place < columns.size(); place++) {
            Column<T> column = columns.get(place);
            Object array = Array.newInstance(column.sent(), rows.size());
            for (int row = 0; row < rows.size(); row++) {
                Array.set(array, row, rows.get(row).values()[place]);
            }
            values.put(column.name(), array);
        }
        return new Write(sql, values, _ -> Mono.empty());
    }

    void tellCommitted() {
        committed.run();
    }
}
