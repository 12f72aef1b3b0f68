package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Category;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Categories} in table {@code category}. */
@Component
final class R2dbcCategories implements Categories {

    private static final String SELECT = "select id, type, term_days, allowed_types from category";

    private final DatabaseClient database;

    R2dbcCategories(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Category> withId(int id) {
        return database.sql(SELECT + " where id = :id")
                .bind("id", id)
                .map(R2dbcCategories::category)
                .one();
    }

    @Override
    public Mono<Category> named(String name) {
        return database.sql(SELECT + " where type = :name")
                .bind("name", name)
                .map(R2dbcCategories::category)
                .one();
    }

    @Override
    public Flux<Category> all() {
        return database.sql(SELECT + " order by id")
                .map(R2dbcCategories::category)
                .all();
    }

    private static Category category(Readable row) {
        String[] types = row.get("allowed_types", String[].class);
        return new Category(
                Objects.requireNonNull(row.get("id", Integer.class)),
                Objects.requireNonNull(row.get("type", String.class)),
                Objects.requireNonNull(row.get("term_days", Integer.class)),
                types == null ? Set.of() : Set.of(types));
    }
}
