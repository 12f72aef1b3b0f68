package io.darvoza.gateway.versions;

import io.darvoza.common.reactive.Await;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The versions in force. The table is read again and again; while it cannot be read, what was read last stays in force. A
 * gateway that has never read it serves version 1 of every configured API, so that its start does not need the database.
 */
final class CurrentApiVersions {

    private static final Logger log = LoggerFactory.getLogger(CurrentApiVersions.class);

    private final ApiVersionRows rows;
    private final VersionProperties properties;
    private final AtomicBoolean failing = new AtomicBoolean();
    private boolean prepared;
    private volatile ApiVersions current;

    CurrentApiVersions(ApiVersionRows rows, VersionProperties properties) {
        this.rows = rows;
        this.properties = properties;
        this.current = snapshot(properties.apis().keySet().stream()
                .map(api -> ApiVersion.active(api, "v1"))
                .toList());
    }

    ApiVersions get() {
        return current;
    }

    /** Reads the table. Runs on one thread at a time, never on one that serves requests. */
    @Scheduled(fixedDelayString = "${darvoza.gateway.versions.refresh:30s}")
    void refresh() {
        try {
            current = read();
            if (failing.getAndSet(false)) {
                log.info("Versions of the APIs can be read again");
            }
        } catch (RuntimeException e) {
            if (!failing.getAndSet(true)) {
                log.warn("Versions of the APIs cannot be read; the last ones stay in force: {}", e.toString());
            }
        }
    }

    private ApiVersions read() {
        if (!prepared) {
            rows.prepare();
            prepared = true;
        }
        List<ApiVersion> found = Await.within(rows.all(), properties.timeout());
        if (found == null || found.isEmpty()) {
            throw new IllegalStateException("the table api_version is empty");
        }
        return snapshot(found);
    }

    private ApiVersions snapshot(List<ApiVersion> versions) {
        return new ApiVersions(versions, properties.apis(), properties.aliases());
    }
}
