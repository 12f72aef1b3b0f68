package io.darvoza.payments.webhook;

import io.darvoza.common.database.RetentionRule;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client of callbacks; and how long messages stay: delivered ones for a time, failed ones for a long one. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    CallbackClient callbackClient(WebhookProperties properties, Clock clock) {
        return new CallbackClient(properties, clock, UnaryOperator.identity());
    }

    @Bean
    RetentionRule oldDeliveries(WebhookProperties properties) {
        return new RetentionRule("webhook_delivery", "delivered_at", properties.keep());
    }

    @Bean
    RetentionRule veryOldDeliveries(WebhookProperties properties) {
        return new RetentionRule("webhook_delivery", "created_at", properties.keepAll());
    }
}
