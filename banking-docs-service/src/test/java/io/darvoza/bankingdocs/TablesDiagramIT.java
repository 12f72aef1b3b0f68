package io.darvoza.bankingdocs;

import io.darvoza.common.test.committed.CommittedFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Draws the tables as the migrations have made them; with {@code -Ddocs.update=true} it writes the drawing. */
@RealService
class TablesDiagramIT {

    private static final String TABLES = """
            select table_name from information_schema.tables t
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'flyway%'
              and table_name not in ('outbox_event', 'inbox_event', 'inbox_version', 'idempotency')
            order by table_name
            """;

    private static final String COLUMNS = """
            select format('        %s %s%s', replace(format_type(a.atttypid, null), ' ', '_'), a.attname,
                          case when exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'p'
                                            and a.attnum = any(k.conkey)) then ' PK'
                               when exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f'
                                            and a.attnum = any(k.conkey)) then ' FK' else '' end)
            from pg_attribute a
            where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    private static final String REFERENCES = """
            select format('    %s ||--o{ %s : "%s"', k.confrelid::regclass, k.conrelid::regclass,
                          (select string_agg(a.attname, ', ' order by n.place)
                           from unnest(k.conkey) with ordinality n(number, place)
                           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.number))
            from pg_constraint k
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace
            order by 1
            """;

    @Autowired
    DatabaseClient database;

    @Test
    void theDrawingIsThatOfTheMigrations() {
        String tables = strings(TABLES).stream().map(this::table).collect(Collectors.joining());
        CommittedFile.check(
                "docs/banking-docs/tables.md", """
                # Tables of banking-docs-service

                Drawn from the database that the migrations make; a test compares them. What every service has (outbox, inbox,
                idempotency) is left out.

                ```mermaid
                erDiagram
                %s%s
                ```
                """.formatted(tables, String.join("\n", strings(REFERENCES))));
    }

    private String table(String name) {
        List<String> columns = database.sql(COLUMNS)
                .bind("table", name)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
        return "    %s {\n%s\n    }\n".formatted(name, String.join("\n", columns));
    }

    private List<String> strings(String sql) {
        return database.sql(sql).mapValue(String.class).all().collectList().block();
    }
}
