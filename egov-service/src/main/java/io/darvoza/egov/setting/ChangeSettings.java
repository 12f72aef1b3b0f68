package io.darvoza.egov.setting;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.egov.audit.AuditLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Changes settings in the database: versioned, audited, in force here at once and on the other instances with their next look. */
@Service
public final class ChangeSettings {

    private final SettingTable table;
    private final CurrentSettings current;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final SettingProperties properties;

    ChangeSettings(
            SettingTable table,
            CurrentSettings current,
            AuditLog audit,
            TransactionalOperator transaction,
            SettingProperties properties) {
        this.table = table;
        this.current = current;
        this.audit = audit;
        this.transaction = transaction;
        this.properties = properties;
    }

    /**
     * Sets a value; of the key the previous one stays in use beside it. Raises {@link CommonProblem#VALIDATION_FAILED} for a value
     * that cannot be used and {@link CommonProblem#PRECONDITION_FAILED} for another version than the wanted one.
     */
    public Mono<Void> set(SettingName name, String value, @Nullable Integer wanted, String actor) {
        String stripped = value.strip();
        if (!name.accepts(stripped, properties.plainHosts())) {
            return Mono.error(() -> CommonProblem.VALIDATION_FAILED.exception().error("/value", name.rule()));
        }
        return change(
                name,
                wanted,
                actor,
                "setting_changed",
                version -> (name.isSecret()
                                ? table.demote(name, actor)
                                : table.revoke(name, actor).then())
                        .then(table.add(name, version + 1, stripped, actor)));
    }

    /** Takes the database's value back: environment or default decide again. */
    public Mono<Void> reset(SettingName name, @Nullable Integer wanted, String actor) {
        return change(
                name,
                wanted,
                actor,
                "setting_reset",
                _ -> table.revoke(name, actor)
                        .filter(rows -> rows > 0)
                        .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                        .then());
    }

    /** Ends the older of two keys. */
    public Mono<Void> revokePrevious(SettingName name, String actor) {
        return change(
                name,
                null,
                actor,
                "setting_previous_revoked",
                _ -> table.revokePrevious(name, actor)
                        .filter(rows -> rows > 0)
                        .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                        .then());
    }

    private Mono<Void> change(SettingName name, @Nullable Integer wanted, String actor, String action, Step step) {
        return table.lockedVersion(name)
                .filter(version -> wanted == null || wanted.equals(version))
                .switchIfEmpty(Mono.error(CommonProblem.PRECONDITION_FAILED::exception))
                .flatMap(version -> step.at(version)
                        .then(audit.write(actor, action, "setting", name.name(), Map.of("version", version))))
                .as(transaction::transactional)
                .then(current.refresh());
    }

    private interface Step {
        Mono<Void> at(int version);
    }
}
