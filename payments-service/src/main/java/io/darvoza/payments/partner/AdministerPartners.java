package io.darvoza.payments.partner;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.money.Currency;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Registers partners and changes their terms; each change is one transaction with its entry in the audit log. */
@Service
final class AdministerPartners {

    private static final String KIND = "partner";

    private final DatabaseClient database;
    private final Partners partners;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final TimeOrderedIds ids;
    private final Clock clock;

    AdministerPartners(
            DatabaseClient database,
            Partners partners,
            AuditLog audit,
            TransactionalOperator transaction,
            TimeOrderedIds ids,
            Clock clock) {
        this.database = database;
        this.partners = partners;
        this.audit = audit;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new partner of a Keycloak client. Raises {@link PaymentsProblem#ALREADY_REGISTERED} when the client has one. */
    Mono<Partner> register(String clientId, Currency currency, PartnerTerms terms, String actor) {
        return Mono.defer(() -> insert(ids.next(), clientId, currency, terms))
                .flatMap(partners::find)
                .switchIfEmpty(Mono.error(() -> PaymentsProblem.ALREADY_REGISTERED.exception("client_id")))
                .flatMap(partner -> audit.write(
                                actor,
                                "partner_registered",
                                KIND,
                                partner.id().toString(),
                                null,
                                PartnerResponse.from(partner),
                                null)
                        .thenReturn(partner))
                .as(transaction::transactional);
    }

    /** Empty when the client has a partner. */
    private Mono<UUID> insert(UUID id, String clientId, Currency currency, PartnerTerms terms) {
        return bound(database.sql("""
                        insert into partner (id, client_id, currency, created_at, name, status, ttl_seconds,
                            deposit_bps, deposit_min_minor, deposit_max_minor,
                            withdrawal_bps, withdrawal_min_minor, withdrawal_max_minor, second_approval_minor)
                        values (:id, :client, :currency, :now, :name, :status, :ttl,
                            :inBps, :inMin, :inMax, :outBps, :outMin, :outMax, :second)
                        on conflict (client_id) do nothing
                        """), id, terms)
                .bind("client", clientId)
                .bind("currency", currency.name())
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .map(_ -> id);
    }

    /**
     * Changes the terms for orders that come. Raises {@link CommonProblem#PRECONDITION_FAILED} when the partner is at another
     * version than the one named.
     */
    Mono<Partner> change(Partner before, PartnerTerms terms, @Nullable Long version, String actor) {
        return bound(database.sql("""
                        update partner set name = :name, status = :status, ttl_seconds = :ttl,
                            deposit_bps = :inBps, deposit_min_minor = :inMin, deposit_max_minor = :inMax,
                            withdrawal_bps = :outBps, withdrawal_min_minor = :outMin, withdrawal_max_minor = :outMax,
                            second_approval_minor = :second, row_version = row_version + 1
                        where id = :id and row_version = :version
                        """), before.id(), terms)
                .bind("version", version == null ? before.version() : version)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(CommonProblem.PRECONDITION_FAILED::exception))
                .then(partners.find(before.id()))
                .flatMap(after -> audit.write(
                                actor,
                                "partner_changed",
                                KIND,
                                after.id().toString(),
                                PartnerResponse.from(before),
                                PartnerResponse.from(after),
                                null)
                        .thenReturn(after))
                .as(transaction::transactional);
    }

    private static DatabaseClient.GenericExecuteSpec bound(
            DatabaseClient.GenericExecuteSpec statement, UUID id, PartnerTerms terms) {
        return statement
                .bind("id", id)
                .bind("name", terms.name())
                .bind("status", terms.status().word())
                .bind("ttl", (int) terms.ttl().toSeconds())
                .bind("inBps", terms.deposit().bps())
                .bind("inMin", terms.deposit().minMinor())
                .bind("inMax", SqlValue.of(Long.class, terms.deposit().maxMinor()))
                .bind("outBps", terms.withdrawal().bps())
                .bind("outMin", terms.withdrawal().minMinor())
                .bind("outMax", SqlValue.of(Long.class, terms.withdrawal().maxMinor()))
                .bind("second", SqlValue.of(Long.class, terms.secondApprovalMinor()));
    }
}
