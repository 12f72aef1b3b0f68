package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.audit.AuditLog;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which partners may file papers under which contracts; every change is audited, in the caller's transaction. */
@Service
final class ContractGrants {

    private static final int MOST = 500;

    private final DatabaseClient database;
    private final AuditLog audit;
    private final Clock clock;

    ContractGrants(DatabaseClient database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** A grant, and since when it is there. */
    record Grant(long contractId, String partner, Instant grantedAt) {}

    /** Grants, or gives the grant that is there already. */
    Mono<Grant> grant(long contractId, String partner, String actor) {
        return database.sql("""
                        insert into contract_grant (contract_id, partner, granted_by, granted_at)
                        values (:contract, :partner, :actor, :now) on conflict do nothing
                        """)
                .bind("contract", contractId)
                .bind("partner", partner)
                .bind("actor", actor)
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 0 ? Mono.empty() : note(contractId, partner, actor, "grant.given"))
                .then(Mono.defer(() -> of(contractId, partner)));
    }

    /** Takes a grant away; tells whether there was one. */
    Mono<Boolean> withdraw(long contractId, String partner, String actor) {
        return database.sql("delete from contract_grant where contract_id = :contract and partner = :partner")
                .bind("contract", contractId)
                .bind("partner", partner)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .delayUntil(
                        withdrawn -> withdrawn ? note(contractId, partner, actor, "grant.withdrawn") : Mono.empty());
    }

    /** The grant of a partner; empty when there is none. */
    Mono<Grant> of(long contractId, String partner) {
        return database.sql("select * from contract_grant where contract_id = :contract and partner = :partner")
                .bind("contract", contractId)
                .bind("partner", partner)
                .map(ContractGrants::row)
                .one();
    }

    /** The grants of a contract, by partner; nobody gives more than a few hundred. */
    Flux<Grant> all(long contractId) {
        return database.sql("select * from contract_grant where contract_id = :contract order by partner limit " + MOST)
                .bind("contract", contractId)
                .map(ContractGrants::row)
                .all();
    }

    private Mono<Void> note(long contractId, String partner, String actor, String action) {
        return audit.add(AuditLog.Entry.ofContract(actor, action, contractId, null, partner));
    }

    private static Grant row(Readable row) {
        return new Grant(
                Objects.requireNonNull(row.get("contract_id", Long.class)),
                Objects.requireNonNull(row.get("partner", String.class)),
                Objects.requireNonNull(row.get("granted_at", Instant.class)));
    }
}
