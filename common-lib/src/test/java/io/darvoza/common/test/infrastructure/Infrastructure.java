package io.darvoza.common.test.infrastructure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The servers of this test JVM. Each starts when it is first asked for. */
public interface Infrastructure {

    /** System property that chooses: {@code local} (processes from Maven artifacts, the default) or {@code containers}. */
    String PROPERTY = "suite.infrastructure";

    PostgresAccess postgres();

    KafkaAccess kafka();

    RedisAccess redis();

    S3Access s3();

    /** The infrastructure that every test of this JVM uses. */
    static Infrastructure current() {
        return Chosen.INSTANCE;
    }

    /** Which kind a setting chooses; none at all chooses local processes. */
    static Kind kind(@Nullable String setting) {
        if (setting == null || setting.isBlank()) {
            return Kind.LOCAL;
        }
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(setting)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("-D%s is local or containers, not %s".formatted(PROPERTY, setting));
    }

    /** Where servers come from. */
    enum Kind {
        LOCAL,
        CONTAINERS
    }

    /** Holds the one instance. */
    final class Chosen {

        private static final Infrastructure INSTANCE = switch (kind(System.getProperty(PROPERTY))) {
            case LOCAL -> new LocalInfrastructure();
            case CONTAINERS -> new ContainerInfrastructure();
        };

        private Chosen() {}
    }
}
