package io.darvoza.common.test.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * What a service promises about access, written by hand beside the code: one line per operation.
 *
 * <pre>
 * # method and path               who may call it
 * GET /v3/api-docs                anyone
 * GET /v1/dbo/users/me            signed-in
 * GET /v1/abs/documents           abs_worker, bank_admin
 * GET /v1/abs/documents/{id}      own: bank_client; any: abs_worker, auditor
 * </pre>
 *
 * {@code own:} roles reach their own objects and get 404 for foreign ones; {@code any:} roles, and roles without a word before
 * them, reach all. Every other role gets 403, a caller without a token 401.
 */
final class AccessTable {

    private static final String ANYONE = "anyone";
    private static final String SIGNED_IN = "signed-in";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** Who may call one operation. */
    record Row(boolean anyone, boolean signedIn, Set<String> own, Set<String> any) {}

    static AccessTable read(String resource) {
        AccessTable table = new AccessTable();
        try {
            new ClassPathResource(resource)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "every service has an " + resource + " among its test resources", unreadable);
        }
        return table;
    }

    Set<String> operations() {
        return rows.keySet();
    }

    @Nullable
    Row row(String operation) {
        return rows.get(operation);
    }

    private void add(String line) {
        String[] parts = line.split("\\s+", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("method, path and who may call, please: " + line);
        }
        if (rows.put(parts[0] + " " + parts[1], parse(parts[2])) != null) {
            throw new IllegalArgumentException("a second row for the same operation: " + line);
        }
    }

    private static Row parse(String rule) {
        Set<String> own = new LinkedHashSet<>();
        Set<String> any = new LinkedHashSet<>();
        if (rule.equals(ANYONE) || rule.equals(SIGNED_IN)) {
            return new Row(rule.equals(ANYONE), rule.equals(SIGNED_IN), own, any);
        }
        for (String clause : rule.split(";")) {
            String text = clause.strip();
            boolean ofOwner = text.startsWith("own:");
            String roles = text.replaceFirst("^(own|any):", "");
            Arrays.stream(roles.split(","))
                    .map(String::strip)
                    .map(AccessTable::known)
                    .forEach((ofOwner ? own : any)::add);
        }
        return new Row(false, false, own, any);
    }

    private static String known(String role) {
        if (!RealmRoles.ALL.contains(role)) {
            throw new IllegalArgumentException("the realm has no role " + role);
        }
        return role;
    }
}
