package io.darvoza.egov.apilog;

import io.darvoza.common.database.RetentionRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long the log stays. */
@Configuration(proxyBeanMethods = false)
class ApiLogRetention {

    @Bean
    RetentionRule oldCalls(ApiLogProperties properties) {
        return new RetentionRule("api_call", "at", properties.keep());
    }
}
