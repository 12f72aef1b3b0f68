package io.darvoza.egov.bulk;

import io.darvoza.common.database.RetentionRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long jobs stay; their items go with them. */
@Configuration(proxyBeanMethods = false)
class BulkRetention {

    @Bean
    RetentionRule oldJobs(BulkProperties properties) {
        return new RetentionRule("bulk_job", "created_at", properties.keep());
    }
}
