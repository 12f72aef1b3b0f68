package io.darvoza.common.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.netty.resources.LoopResources;

/**
 * The service's database, when {@code darvoza.database.name} is set: pool, dedicated connections, migrations. Replaced by a bean of
 * {@link ConnectionFactory}. Spring Boot's {@code spring.r2dbc.*} is not read.
 */
@AutoConfiguration(before = {R2dbcAutoConfiguration.class, FlywayAutoConfiguration.class})
@ConditionalOnProperty("darvoza.database.name")
@EnableConfigurationProperties(DatabaseProperties.class)
public final class DatabaseAutoConfiguration {

    @Bean(destroyMethod = "dispose")
    LoopResources databaseLoops(DatabaseProperties database) {
        return LoopResources.create("r2dbc", 1, database.loops(), true, false);
    }

    @Bean(destroyMethod = "dispose")
    @ConditionalOnMissingBean(ConnectionFactory.class)
    ConnectionPool connectionFactory(
            DatabaseProperties database, Environment environment, LoopResources databaseLoops) {
        return ReactivePool.of(database, applicationName(environment), databaseLoops);
    }

    @Bean
    @ConditionalOnMissingBean
    DedicatedConnections dedicatedConnections(DatabaseProperties database, Environment environment) {
        return new DedicatedConnections(database, applicationName(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    FlywayConnectionDetails flywayConnectionDetails(DatabaseProperties database) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }
        };
    }

    /** The schema is not empty when the service's own first migration runs: the common tables are there. */
    @Bean
    FlywayConfigurationCustomizer baselineBesideCommonTables() {
        return flyway -> flyway.baselineOnMigrate(true).baselineVersion("0");
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "darvoza.database.common-tables", matchIfMissing = true)
    FlywayMigrationStrategy commonTablesFirst() {
        return service -> {
            Flyway.configure(service.getConfiguration().getClassLoader())
                    .configuration(service.getConfiguration())
                    .locations("classpath:db/common")
                    .table("flyway_common_history")
                    .load()
                    .migrate();
            service.migrate();
        };
    }

    private static String applicationName(Environment environment) {
        return environment.getProperty("spring.application.name", "darvoza");
    }
}
