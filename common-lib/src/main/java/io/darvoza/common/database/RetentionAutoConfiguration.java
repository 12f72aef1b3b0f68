package io.darvoza.common.database;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Deletes old rows by the beans of {@link RetentionRule}, of which any package may bring some. */
@AutoConfiguration(after = {DatabaseAutoConfiguration.class, R2dbcAutoConfiguration.class})
@ConditionalOnBean(DatabaseClient.class)
@EnableConfigurationProperties(RetentionProperties.class)
public final class RetentionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Retention retention(ObjectProvider<RetentionRule> rules, DatabaseClient database, RetentionProperties properties) {
        return new Retention(List.copyOf(rules.orderedStream().toList()), database, properties);
    }
}
