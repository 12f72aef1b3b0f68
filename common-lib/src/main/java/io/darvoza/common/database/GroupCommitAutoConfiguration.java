package io.darvoza.common.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Rows of many callers in one transaction; replaced by a bean of {@link GroupCommit}. */
@AutoConfiguration(after = {DatabaseAutoConfiguration.class, R2dbcAutoConfiguration.class})
@ConditionalOnBean(DatabaseClient.class)
@EnableConfigurationProperties(GroupCommitProperties.class)
public final class GroupCommitAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GroupCommit groupCommit(
            DatabaseClient database, GroupCommitProperties properties, ObjectProvider<MeterRegistry> meters) {
        return new GroupCommit(database, properties, meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
