package io.darvoza.common.test.infrastructure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PostgreSQL did to carry out a statement of a service. */
public record Plan(JsonNode root) {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

    /** For what a plan is made. A service meets both, since its statements are prepared and often carried out. */
    public enum Kind {
        OF_THE_VALUES("force_custom_plan"),
        OF_ANY_VALUES("force_generic_plan");

        private final String mode;

        Kind(String mode) {
            this.mode = mode;
        }
    }

    /**
     * Prepares the statement as the driver does and carries it out; the caller's transaction is to be rolled back.
     *
     * @param sql with named parameters
     */
    public static Plan of(Connection connection, Kind kind, String sql, Map<String, ?> values) throws SQLException {
        List<String> names = new ArrayList<>();
        String prepared = PARAMETER.matcher(sql).replaceAll(found -> {
            if (!names.contains(found.group(1))) {
                names.add(found.group(1));
            }
            return "\\$" + (names.indexOf(found.group(1)) + 1);
        });
        List<Object> inOrder = names.stream()
                .map(name -> Objects.requireNonNull((Object) values.get(name), name))
                .toList();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local plan_cache_mode = " + kind.mode);
            statement.execute("prepare planned %s as %s"
                    .formatted(list(inOrder.stream().map(Plan::type).toList()), prepared));
            try (ResultSet rows = statement.executeQuery("explain (analyze, buffers, format json) execute planned "
                    + list(inOrder.stream().map(Plan::literal).toList()))) {
                rows.next();
                return new Plan(
                        JsonMapper.shared().readTree(rows.getString(1)).get(0).get("Plan"));
            } finally {
                statement.execute("deallocate planned");
            }
        }
    }

    private static String list(List<String> words) {
        return words.isEmpty() ? "" : "(" + String.join(", ", words) + ")";
    }

    private static String type(Object value) {
        return switch (value) {
            case Integer _ -> "integer";
            case Long _ -> "bigint";
            case Instant _ -> "timestamptz";
            case String _ -> "varchar";
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        };
    }

    private static String literal(Object value) {
        return value instanceof Number
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }

    /** How many pages were looked at. */
    public long pages() {
        return root.path("Shared Hit Blocks").asLong()
                + root.path("Shared Read Blocks").asLong();
    }

    /** How many rows of a table were looked at, wanted or not. */
    public long rowsOf(String table) {
        return Math.round(rowsOf(table, root));
    }

    private static double rowsOf(String table, JsonNode node) {
        double rows = node.path("Relation Name").asString().equals(table)
                ? Stream.of("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
                                .mapToDouble(count -> node.path(count).asDouble())
                                .sum()
                        * node.path("Actual Loops").asDouble()
                : 0;
        return rows
                + node.path("Plans")
                        .valueStream()
                        .mapToDouble(child -> rowsOf(table, child))
                        .sum();
    }

    /** The tables that were read from their beginning to their end. */
    public Set<String> tablesReadWhole() {
        Set<String> tables = new TreeSet<>();
        collect(root, tables);
        return tables;
    }

    private static void collect(JsonNode node, Set<String> tables) {
        if (node.path("Node Type").asString().equals("Seq Scan")
                && node.path("Actual Loops").asLong() > 0) {
            tables.add(node.path("Relation Name").asString());
        }
        node.path("Plans").forEach(child -> collect(child, tables));
    }
}
