package io.darvoza.common.database;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The service's PostgreSQL database, for R2DBC, Flyway and dedicated connections alike.
 *
 * @param name of the database
 * @param username of the login, which owns the database
 * @param commonTables whether the tables of outbox, inbox and idempotency are made
 * @param sslMode as PostgreSQL names it: {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full}
 * @param sslRootCert file with the certificates to trust, for the {@code verify-} modes; empty takes the JVM's
 * @param loops threads of R2DBC's own event loop; odd, because an even number leaves half of them idle
 * @param connectTimeout until a new connection must stand
 * @param statementTimeout after which the server ends a statement
 * @param lockTimeout after which the server ends a statement that waits for a lock
 * @param idleInTransactionTimeout after which the server ends a connection that does nothing in a transaction
 * @param pool of R2DBC connections
 */
@Validated
@ConfigurationProperties("darvoza.database")
public record DatabaseProperties(
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("5432") @Min(1) @Max(65_535) int port,
        @NotBlank String name,
        @NotBlank String username,
        @DefaultValue("") String password,
        @DefaultValue("true") boolean commonTables,

        @DefaultValue("disable") @Pattern(regexp = "disable|require|verify-ca|verify-full")
        String sslMode,

        @DefaultValue("") String sslRootCert,
        @DefaultValue("3") @Min(1) @Max(31) int loops,

        @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration connectTimeout,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration statementTimeout,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration lockTimeout,

        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration idleInTransactionTimeout,

        @DefaultValue @Valid Pool pool) {

    /**
     * The pool of R2DBC connections.
     *
     * @param initial connections made at first use; fewer than {@code max}, because a pool of equal numbers ties its connections
     *     to few threads
     * @param max connections
     * @param acquireTimeout how long a request waits for a connection
     * @param maxIdle after which an unused connection is closed
     * @param maxLife after which a connection is replaced
     */
    public record Pool(
            @DefaultValue("2") @Min(0) @Max(100) int initial,
            @DefaultValue("10") @Min(1) @Max(200) int max,

            @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
            Duration acquireTimeout,

            @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
            Duration maxIdle,

            @DefaultValue("30m") @DurationMin(seconds = 10) @DurationMax(hours = 24)
            Duration maxLife) {

        @AssertTrue(message = "initial must be less than max")
        boolean isInitialLessThanMax() {
            return initial < max;
        }
    }

    @AssertTrue(message = "loops must be odd")
    boolean isLoopsOdd() {
        return loops % 2 == 1;
    }

    @AssertTrue(message = "lock-timeout must not exceed statement-timeout")
    boolean isLockTimeoutEffective() {
        return lockTimeout.compareTo(statementTimeout) <= 0;
    }

    /** Address for JDBC, without login. */
    String jdbcUrl() {
        String trust = sslRootCert.isEmpty() ? "" : "&sslrootcert=" + sslRootCert;
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s%s".formatted(host, port, name, sslMode, trust);
    }
}
