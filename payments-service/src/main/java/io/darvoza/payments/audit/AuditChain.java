package io.darvoza.payments.audit;

import io.r2dbc.spi.Readable;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The hash chain over audit entries and ledger transactions. A row joins it soon after its commit; from then on nobody can
 * change or remove it, or anything before it, without {@link #check} telling where.
 */
@Component
final class AuditChain {

    private static final int APPENDED = 500;
    private static final int CHECKED = 5_000;

    private final DatabaseClient database;

    AuditChain(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What a check found.
     *
     * @param from first position that was looked at
     * @param to last one
     * @param firstWrong the first that is not what its row says, or is missing; null for none
     */
    record Finding(long from, long to, @Nullable Long firstWrong) {

        boolean whole() {
            return firstWrong == null;
        }

        private Finding and(Finding next) {
            return new Finding(from, next.to(), next.firstWrong());
        }
    }

    /**
     * The end of the chain.
     *
     * @param hash of the last link, in hex; who keeps it elsewhere can tell later that nothing was cut off
     * @param waiting rows that are not in the chain yet
     */
    record Head(long position, String hash, long waiting) {

        private static Head from(Readable row) {
            return new Head(
                    Objects.requireNonNull(row.get("position", Long.class)),
                    HexFormat.of().formatHex(Objects.requireNonNull(row.get("hash", byte[].class))),
                    Objects.requireNonNull(row.get("waiting", Long.class)));
        }
    }

    /** Puts what waits into the chain; how many rows. Of several instances one works. */
    Mono<Long> append() {
        return database.sql("select chain_append(" + APPENDED + ")")
                .mapValue(Long.class)
                .one()
                .expand(added -> added < APPENDED ? Mono.empty() : appendMore())
                .reduce(0L, Long::sum);
    }

    private Mono<Long> appendMore() {
        return database.sql("select chain_append(" + APPENDED + ")")
                .mapValue(Long.class)
                .one();
    }

    Mono<Head> head() {
        return database.sql("""
                        select coalesce(max(position), 0) "position",
                               coalesce((select hash from chain_link order by position desc limit 1), sha256('')) hash,
                               (select count(*) from unchained) waiting
                        from chain_link
                        """).map(Head::from).one();
    }

    /** Looks at so many positions at most, in short statements, until the end of the chain or the first wrong place. */
    Mono<Finding> check(long from, long most) {
        return part(from, Math.min(CHECKED, most))
                .expand(part -> isLast(part, from + most) ? Mono.empty() : part(part.to() + 1, left(part, from + most)))
                .reduce(Finding::and);
    }

    private static boolean isLast(Finding part, long end) {
        return !part.whole() || part.to() < part.from() || part.to() + 1 >= end;
    }

    private static long left(Finding part, long end) {
        return Math.min(CHECKED, end - part.to() - 1);
    }

    private Mono<Finding> part(long from, long most) {
        return database.sql("select checked_to, first_wrong from chain_check(:from, cast(:most as integer))")
                .bind("from", from)
                .bind("most", most)
                .map(row -> new Finding(
                        from,
                        Objects.requireNonNull(row.get("checked_to", Long.class)),
                        row.get("first_wrong", Long.class)))
                .one();
    }

    /** What came since the last time that all was right; what was right before is not looked at again. */
    Mono<Finding> checkNew() {
        return mark().flatMap(mark -> head().flatMap(head -> head.position() < mark
                ? Mono.just(new Finding(head.position() + 1, head.position(), head.position() + 1))
                : check(mark + 1, Long.MAX_VALUE - mark - 1)
                        .delayUntil(found -> found.whole() ? moveMark(found.to()) : Mono.empty())));
    }

    private Mono<Long> mark() {
        return database.sql("select position from check_mark where name = 'chain'")
                .mapValue(Long.class)
                .one();
    }

    private Mono<Void> moveMark(long to) {
        return database.sql("update check_mark set position = greatest(position, :to) where name = 'chain'")
                .bind("to", to)
                .then();
    }

    /** How many rows are neither in the chain nor wait for it; negative when it has links without a row. */
    Mono<Long> outside() {
        return database.sql("""
                        select (select count(*) from audit_log) + (select count(*) from ledger_tx)
                             - (select count(*) from chain_link) - (select count(*) from unchained)
                        """).mapValue(Long.class).one();
    }
}
