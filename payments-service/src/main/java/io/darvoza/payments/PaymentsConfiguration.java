package io.darvoza.payments;

import io.darvoza.common.problem.ProblemTexts;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the service gives to the library: its texts. */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class PaymentsConfiguration {

    @Bean
    ProblemTexts.Bundle paymentsProblems() {
        return new ProblemTexts.Bundle("payments-problems");
    }
}
