package io.darvoza.common.database;

import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.Optional;

/** Tells which rule of the database a statement broke, so that it can become a problem of its own. */
public final class Constraints {

    private Constraints() {}

    /** Name of the constraint or unique index that the fault, or a cause of it, names. */
    public static Optional<String> brokenBy(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof PostgresqlException refusal) {
                return refusal.getErrorDetails().getConstraintName();
            }
        }
        return Optional.empty();
    }

    /** Whether the fault is that this constraint was broken. */
    public static boolean broken(String name, Throwable fault) {
        return brokenBy(fault).filter(name::equals).isPresent();
    }
}
