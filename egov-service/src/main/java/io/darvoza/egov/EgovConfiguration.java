package io.darvoza.egov;

import io.darvoza.common.database.RetentionRule;
import io.darvoza.common.json.StrictTexts;
import io.darvoza.common.problem.ProblemTexts;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the service gives to the library: its texts, and how long rows stay that nobody asks for. */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class EgovConfiguration {

    @Bean
    ProblemTexts.Bundle egovProblems() {
        return new ProblemTexts.Bundle("egov-problems");
    }

    /** Breakers of all clients, so that they are measured in one place. */
    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    /** A number that stands as a JSON number has lost its leading zeros already. */
    @Bean
    JsonMapperBuilderCustomizer textsAreTexts() {
        return StrictTexts::require;
    }

    /** A verdict that may no longer stand in is of no use. */
    @Bean
    RetentionRule endedVerdicts() {
        return new RetentionRule("verdict_cache", "stale_until", Duration.ofHours(1));
    }
}
