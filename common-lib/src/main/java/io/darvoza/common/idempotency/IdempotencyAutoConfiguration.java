package io.darvoza.common.idempotency;

import io.darvoza.common.database.RetentionAutoConfiguration;
import io.darvoza.common.database.RetentionRule;
import io.darvoza.common.id.IdAutoConfiguration;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.ReactiveAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/** Idempotency, for a service with a database and the common tables; replaced by a bean of {@link Idempotency}. */
@AutoConfiguration(
        after = {
            IdAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            JacksonAutoConfiguration.class,
            ReactiveAutoConfiguration.class
        },
        before = RetentionAutoConfiguration.class)
@ConditionalOnBean({DatabaseClient.class, ReactiveTransactionManager.class})
@ConditionalOnBooleanProperty(name = "darvoza.database.common-tables", matchIfMissing = true)
@EnableConfigurationProperties(IdempotencyProperties.class)
public final class IdempotencyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Idempotency idempotency(
            DatabaseClient database,
            TimeOrderedIds ids,
            ReactiveTransactionManager transactions,
            IdempotencyProperties properties) {
        return new R2dbcIdempotency(database, ids, transactions, properties.lease());
    }

    @Bean
    @ConditionalOnBean({Detached.class, JsonMapper.class})
    OptionalIdempotency optionalIdempotency(
            Idempotency idempotency, TransactionalOperator transaction, Detached detached, JsonMapper json) {
        return new OptionalIdempotency(idempotency, transaction, detached, json);
    }

    @Bean
    RetentionRule answeredCommands(IdempotencyProperties properties) {
        return new RetentionRule("idempotency", "created_at", properties.keep());
    }
}
