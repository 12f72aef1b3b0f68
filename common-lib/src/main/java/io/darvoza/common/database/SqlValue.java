package io.darvoza.common.database;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;

/** A statement's value that may be absent; the driver must know its type even then. */
public final class SqlValue {

    private SqlValue() {}

    /** The value, or null of its type. */
    public static <T> Parameter of(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
