package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.ContractStatus;
import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The contracts, in table {@code contract}. */
@Component
final class Contracts {

    private static final String COLUMNS = "id, user_id, description, status_id, created_at, row_version";

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    Contracts(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** Which contracts a list shows; absent criteria do not narrow it. */
    record Filter(@Nullable Long ownerId, @Nullable ContractStatus status) {}

    /** A new draft. */
    Mono<Contract> add(long ownerId, String description, Instant now) {
        return database.sql("""
                        insert into contract (user_id, description, status_id, created_at)
                        values (:owner, :description, :status, :now) returning %s
                        """.formatted(COLUMNS))
                .bind("owner", ownerId)
                .bind("description", description)
                .bind("status", ContractStatus.DRAFT.id())
                .bind("now", now)
                .map(Contracts::contract)
                .one();
    }

    /** One contract; empty when there is none. */
    Mono<Contract> one(long id) {
        return read(id, "");
    }

    /** The same; until the end of the transaction nobody else changes it. */
    Mono<Contract> lock(long id) {
        return read(id, " for no key update");
    }

    private Mono<Contract> read(long id, String suffix) {
        return database.sql("select " + COLUMNS + " from contract where id = :id" + suffix)
                .bind("id", id)
                .map(Contracts::contract)
                .one();
    }

    /** Writes a changed contract, which the transaction holds by {@link #lock}. */
    Mono<Void> save(Contract contract) {
        return database.sql("update contract set status_id = :status, row_version = :version where id = :id")
                .bind("status", contract.status().id())
                .bind("version", contract.rowVersion())
                .bind("id", contract.id())
                .then();
    }

    /** A page of contracts, newest number first. */
    Mono<Page<Contract>> page(Filter filter, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("sm.contracts", filter.ownerId(), filter.status());
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(filter, position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> cursor.after(last.id())));
    }

    private Mono<List<Contract>> rows(Filter filter, List<String> position, int rows) {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from contract where true");
        Map<String, Object> values = new LinkedHashMap<>();
        if (filter.ownerId() != null) {
            sql.append(" and user_id = :owner");
            values.put("owner", filter.ownerId());
        }
        if (filter.status() != null) {
            sql.append(" and status_id = :status");
            values.put("status", filter.status().id());
        }
        if (!position.isEmpty()) {
            sql.append(" and id < :last");
            values.put("last", Long.valueOf(position.getFirst()));
        }
        return database.sql(sql.append(" order by id desc limit ").append(rows).toString())
                .bindValues(values)
                .map(Contracts::contract)
                .all()
                .collectList();
    }

    private static Contract contract(Readable row) {
        return new Contract(
                required(row, "id", Long.class),
                required(row, "user_id", Long.class),
                required(row, "description", String.class),
                ContractStatus.ofId(required(row, "status_id", Integer.class)),
                required(row, "created_at", Instant.class),
                required(row, "row_version", Long.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
