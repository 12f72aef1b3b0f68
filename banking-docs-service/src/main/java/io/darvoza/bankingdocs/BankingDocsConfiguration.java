package io.darvoza.bankingdocs;

import io.darvoza.common.database.RetentionRule;
import io.darvoza.common.problem.ProblemTexts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the service gives to the library: its texts. */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class BankingDocsConfiguration {

    @Bean
    ProblemTexts.Bundle bankingDocsProblems() {
        return new ProblemTexts.Bundle("banking-docs-problems");
    }

    /** A day is enough to tell an expired link from one that never was. */
    @Bean
    RetentionRule expiredContentLinks() {
        return new RetentionRule("content_link", "expires_at", Duration.ofDays(1));
    }
}
