package io.darvoza.payments.partner;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** All partners for reading, oldest first. */
@Component
final class R2dbcPartnerList {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    R2dbcPartnerList(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    Mono<Page<Partner>> page(PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("payments.admin.partners");
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .map(position -> position.isEmpty() ? BEFORE_ALL : UUID.fromString(position.getFirst()))
                .flatMap(last -> after(last, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, partner -> cursor.after(partner.id())));
    }

    private Mono<List<Partner>> after(UUID last, int rows) {
        return database.sql(R2dbcPartners.SELECT + " where p.id > :last order by p.id limit :rows")
                .bind("last", last)
                .bind("rows", rows)
                .map(R2dbcPartners::partner)
                .all()
                .collectList();
    }
}
