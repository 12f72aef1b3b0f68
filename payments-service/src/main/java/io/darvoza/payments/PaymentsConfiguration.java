package io.darvoza.payments;

import io.darvoza.common.json.StrictTexts;
import io.darvoza.common.problem.ProblemTexts;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
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

    /** An amount that stands as a number has lost its digits already: texts are texts, not numbers or booleans. */
    @Bean
    JsonMapperBuilderCustomizer textsAreTexts() {
        return StrictTexts::require;
    }
}
