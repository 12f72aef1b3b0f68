package io.darvoza.gateway.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.springframework.context.ApplicationContext;

/** The gateway's database as tests of other features wait for it. */
public final class VersionTable {

    private VersionTable() {}

    /** Until the gateway has migrated its database, which it does beside its work. */
    public static void await(ApplicationContext gateway) throws InterruptedException {
        var versions = gateway.getBean(CurrentApiVersions.class);
        Instant end = Instant.now().plusSeconds(60);
        while (versions.get().all().getFirst().releasedAt() == null) {
            assertThat(Instant.now()).as("the database is there").isBefore(end);
            Thread.sleep(50);
        }
    }
}
