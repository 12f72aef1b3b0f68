package io.darvoza.common.inbox;

import io.darvoza.common.database.RetentionAutoConfiguration;
import io.darvoza.common.database.RetentionRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The inbox, for a service with a database and the common tables; replaced by a bean of {@link Inbox}. */
@AutoConfiguration(after = TransactionAutoConfiguration.class, before = RetentionAutoConfiguration.class)
@ConditionalOnBean({DatabaseClient.class, TransactionalOperator.class})
@ConditionalOnBooleanProperty(name = "darvoza.database.common-tables", matchIfMissing = true)
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Inbox inbox(DatabaseClient database, TransactionalOperator transaction) {
        return new R2dbcInbox(database, transaction);
    }

    @Bean
    RetentionRule seenEvents(InboxProperties properties) {
        return new RetentionRule("inbox_event", "received_at", properties.keep());
    }

    @Bean
    RetentionRule seenVersions(InboxProperties properties) {
        return new RetentionRule("inbox_version", "updated_at", properties.keep());
    }
}
