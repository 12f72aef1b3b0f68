package io.darvoza.common.outbox;

import io.darvoza.common.database.DatabaseAutoConfiguration;
import io.darvoza.common.database.DedicatedConnections;
import io.darvoza.common.database.RetentionAutoConfiguration;
import io.darvoza.common.database.RetentionRule;
import io.darvoza.common.event.EventAutoConfiguration;
import io.darvoza.common.event.EventProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.util.function.SingletonSupplier;

/**
 * The outbox and its relay, for a service with a database and the common tables. The relay is off by {@code
 * darvoza.outbox.relay.enabled=false}; the outbox is replaced by a bean of {@link Outbox}.
 */
@AutoConfiguration(
        after = {
            DatabaseAutoConfiguration.class,
            EventAutoConfiguration.class,
            KafkaAutoConfiguration.class,
            R2dbcAutoConfiguration.class
        },
        before = RetentionAutoConfiguration.class)
@ConditionalOnBean({DatabaseClient.class, DedicatedConnections.class})
@ConditionalOnBooleanProperty(name = "darvoza.database.common-tables", matchIfMissing = true)
@EnableConfigurationProperties(OutboxProperties.class)
public final class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(DatabaseClient database, EventProperties events, ObjectProvider<OutboxRelay> relay) {
        // Asked once: every commit with an event comes here.
        var known = SingletonSupplier.of(() -> Optional.ofNullable(relay.getIfAvailable()));
        return new R2dbcOutbox(database, events.topics(), () -> known.obtain().ifPresent(OutboxRelay::poke));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "darvoza.outbox.relay.enabled", matchIfMissing = true)
    OutboxSender outboxSender(ProducerFactory<String, String> producers, OutboxProperties properties) {
        return OutboxSender.of(producers, properties.relay().sendTimeout());
    }

    @Bean
    @ConditionalOnBean(OutboxSender.class)
    OutboxRelay outboxRelay(
            DedicatedConnections connections,
            OutboxSender sender,
            OutboxProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new OutboxRelay(
                connections,
                sender,
                properties.relay(),
                new OutboxMeters(meters.getIfAvailable(SimpleMeterRegistry::new)));
    }

    @Bean
    RetentionRule sentEvents(OutboxProperties properties) {
        return new RetentionRule("outbox_event", "sent_at", properties.keep());
    }
}
