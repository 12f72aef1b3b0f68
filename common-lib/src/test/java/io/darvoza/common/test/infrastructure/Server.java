package io.darvoza.common.test.infrastructure;

/** What a test can ask for. */
public enum Server {
    /** A database of the test class's own, dropped after it: sets {@code darvoza.database.*}. */
    POSTGRES,
    /** A broker that the whole test JVM shares, so topics are named by each test: sets {@code spring.kafka.bootstrap-servers}. */
    KAFKA,
    /** A server that the whole test JVM shares: sets {@code spring.data.redis.*}. */
    REDIS,
    /** A bucket of the test class's own: sets {@code darvoza.objectstore.*}. */
    S3
}
