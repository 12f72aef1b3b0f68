package io.darvoza.egov.opendata;

import io.darvoza.common.database.RetentionRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long counted requests stay; they count for about a minute. */
@Configuration(proxyBeanMethods = false)
class OpenDataRetention {

    @Bean
    RetentionRule oldSlots(OpenDataProperties properties) {
        return new RetentionRule("upstream_slot", "taken_at", properties.keepSlots());
    }
}
