package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.account.EraseProfile;
import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.common.problem.CommonProblem;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Erases a client, as far as the law lets: the profile at once, and every document that nothing binds the bank to keep. What
 * stays is named with its reason. In the caller's transaction.
 */
@Service
final class EraseClient {

    /** What a deleted document says of itself afterwards. */
    private static final String ERASED = "—";

    /** Why a document stays; null for one that goes. Statuses 11 and 13: pending and rejected; 15: archived. */
    private static final String BINDING = """
            case when d.legal_hold then 'legal_hold'
                 when exists (select from contract_document l
                              where l.document_id = d.id and l.operation_status_id = 1) then 'linked'
                 when d.status_id = 15 and d.retain_until >= :today then 'retention'
                 when d.status_id not in (11, 13, 15) then 'in_process'
            end""";

    private final DatabaseClient database;
    private final Accounts accounts;
    private final EraseProfile profile;
    private final Documents documents;
    private final DocumentEvents events;
    private final AuditLog audit;
    private final Clock clock;

    EraseClient(
            DatabaseClient database,
            Accounts accounts,
            EraseProfile profile,
            Documents documents,
            DocumentEvents events,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.profile = profile;
        this.documents = documents;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** A document that stays, and why: {@code legal_hold}, {@code linked}, {@code retention} or {@code in_process}. */
    @Schema(name = "KeptDocument")
    record Kept(long documentId, String reason) {}

    /** What went and what stays. */
    @Schema(name = "Erasure")
    record Erasure(long userId, int deletedDocuments, List<Kept> keptDocuments) {}

    private record Gone(long documentId, long rowVersion) {}

    /** Raises {@link CommonProblem#NOT_FOUND} for an account that is no client's. */
    Mono<Erasure> handle(long userId, String reason, String actor) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return accounts.withId(userId)
                .filter(Account::isClient)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .delayUntil(owner -> documents.lockOwner(userId))
                .delayUntil(owner -> profile.handle(userId))
                .flatMap(owner -> delete(owner, now, today, actor))
                .flatMap(deleted -> kept(userId, today).map(kept -> new Erasure(userId, deleted, kept)))
                .delayUntil(erasure -> audit.add(AuditLog.Entry.ofUser(actor, "client.erased", userId, reason)));
    }

    private Mono<Integer> delete(Account owner, Instant now, LocalDate today, String actor) {
        return database.sql("""
                        with bound as (
                            select d.id, %s binding from document d
                            where d.user_id = :owner and d.deleted_at is null order by d.id for no key update of d)
                        update document set deleted_at = :now, description = :erased, row_version = row_version + 1
                        from bound where document.id = bound.id and bound.binding is null
                        returning document.id, document.row_version
                        """.formatted(BINDING))
                .bind("owner", owner.id())
                .bind("today", today)
                .bind("now", now)
                .bind("erased", ERASED)
                .map(EraseClient::gone)
                .all()
                .collectList()
                .delayUntil(all -> Flux.fromIterable(all).concatMap(gone -> tell(gone, owner, now, actor)))
                .map(List::size);
    }

    private Mono<Void> tell(Gone gone, Account owner, Instant now, String actor) {
        return database.sql("update document_version set original_name = :erased where document_id = :id")
                .bind("erased", ERASED)
                .bind("id", gone.documentId())
                .then()
                .then(audit.add(AuditLog.Entry.ofDocument(actor, "document.deleted", gone.documentId(), "erasure")))
                .then(events.deleted(gone.documentId(), gone.rowVersion(), owner, now));
    }

    private Mono<List<Kept>> kept(long userId, LocalDate today) {
        return database.sql("""
                        select d.id, %s binding from document d
                        where d.user_id = :owner and d.deleted_at is null order by d.id
                        """.formatted(BINDING))
                .bind("owner", userId)
                .bind("today", today)
                .map(row -> new Kept(id(row), Objects.requireNonNull(row.get("binding", String.class))))
                .all()
                .collectList();
    }

    private static Gone gone(Readable row) {
        return new Gone(id(row), Objects.requireNonNull(row.get("row_version", Long.class)));
    }

    private static long id(Readable row) {
        return Objects.requireNonNull(row.get("id", Long.class));
    }
}
