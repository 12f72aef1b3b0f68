package io.darvoza.payments;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PostgreSQL did to carry out a statement of the service, with its values in place. */
public record Plan(JsonNode root) {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

    /** Runs the statement; the caller's transaction is to be rolled back. */
    public static Plan of(Connection connection, String sql, Map<String, ?> values) throws SQLException {
        String whole = PARAMETER.matcher(sql).replaceAll(found -> literal(found, values));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain (analyze, buffers, format json) " + whole)) {
            rows.next();
            return new Plan(
                    JsonMapper.shared().readTree(rows.getString(1)).get(0).get("Plan"));
        }
    }

    private static String literal(MatchResult found, Map<String, ?> values) {
        Object value = values.get(found.group(1));
        return switch (value) {
            case null -> throw new IllegalArgumentException("no value for " + found.group());
            case Number number -> number.toString();
            case Instant instant -> "timestamptz '" + instant + "'";
            case UUID id -> "uuid '" + id + "'";
            default -> "'" + value + "'";
        };
    }

    /** How many pages were looked at. */
    public long pages() {
        return root.path("Shared Hit Blocks").asLong()
                + root.path("Shared Read Blocks").asLong();
    }

    /** The tables that were read from their beginning to their end. */
    public Set<String> tablesReadWhole() {
        Set<String> tables = new TreeSet<>();
        collect(root, tables);
        return tables;
    }

    private static void collect(JsonNode node, Set<String> tables) {
        if (node.path("Node Type").asString().equals("Seq Scan")) {
            tables.add(node.path("Relation Name").asString());
        }
        node.path("Plans").forEach(child -> collect(child, tables));
    }
}
