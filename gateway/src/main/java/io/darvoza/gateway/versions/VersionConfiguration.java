package io.darvoza.gateway.versions;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(VersionProperties.class)
class VersionConfiguration {

    /** The start of the gateway does not wait for the database: {@link CurrentApiVersions} migrates when it first can. */
    @Bean
    FlywayMigrationStrategy migrationLater() {
        return _ -> {};
    }

    @Bean
    ApiVersionRows apiVersionRows(Flyway flyway, DatabaseClient database) {
        return new R2dbcApiVersionRows(flyway, database);
    }

    @Bean
    CurrentApiVersions currentApiVersions(ApiVersionRows rows, VersionProperties properties) {
        return new CurrentApiVersions(rows, properties);
    }

    @Bean
    VersionFilter versionFilter(
            CurrentApiVersions versions, VersionProperties properties, MeterRegistry meters, Clock clock) {
        return new VersionFilter(versions, new VersionUse(meters, properties.countedClients()), clock);
    }
}
