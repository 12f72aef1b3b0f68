package io.darvoza.payments.page.desk;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** Calls of the desk's pages, on objects that the other examples have made. Forms lack what they need, so nothing happens. */
public final class DeskExamples {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Map<String, String> FORMS = Map.of(
            "/payments", "command=release",
            "/payments/views", "name=",
            "/payments/orders/{uid}", "command=note",
            "/payments/cards", "command=issue",
            "/payments/cards/{id}", "command=status",
            "/payments/partners", "command=register",
            "/payments/partners/{id}", "command=prefund",
            "/payments/currencies", "code=TJS");

    private final DatabaseClient database;

    public DeskExamples(ApplicationContext service) {
        database = service.getBean(DatabaseClient.class);
    }

    /** Whether the operation is a page of the desk. */
    public static boolean know(Operation operation) {
        return operation
                .path()
                .matches(
                        "/payments(/(rows|views|orders|second|cards|partners|currencies|cases|audit|sessions|statistics)(/.*)?)?");
    }

    public Example of(Operation operation, String subject, Of whose) {
        String path = operation
                .path()
                .replace("{uid}", one("select uid from payment_order limit 1"))
                .replace("/views/{id}", "/views/" + (path(operation, "/views/{") ? view(subject, whose) : ""))
                .replace("/cards/{id}", "/cards/" + one("select id from card limit 1"))
                .replace("/partners/{id}", "/partners/" + one("select id from partner limit 1"));
        return operation.method().equals("GET")
                ? Example.of(path)
                : new Example(path, FORM, form(operation).getBytes(StandardCharsets.UTF_8));
    }

    private String form(Operation operation) {
        return switch (operation.path()) {
            case "/payments/second" -> "command=refuse&decision=" + waiting();
            case "/payments/cases" -> "id=" + one("""
                insert into compliance_case (id, indicator, details, status, opened_at)
                values (gen_random_uuid(), 'test', '{}', 'open', now()) returning id
                """);
            default -> FORMS.getOrDefault(operation.path(), "");
        };
    }

    private static boolean path(Operation operation, String part) {
        return operation.path().contains(part);
    }

    private String view(String subject, Of whose) {
        return one("""
            insert into desk_view (id, owner, name, query, shared, created_at)
            values (gen_random_uuid(), '%s', '%s', '', true, now()) returning id
            """.formatted(whose == Of.OWN ? "user:" + subject : "user:somebody", UUID.randomUUID()));
    }

    private String waiting() {
        return one("""
            insert into second_approval (id, kind, subject, requested_by, requested_at)
            values (gen_random_uuid(), 'prefund', '{}', 'user:somebody', now()) returning id
            """);
    }

    private String one(String sql) {
        return database.sql(sql).mapValue(UUID.class).one().block(BOUND).toString();
    }
}
