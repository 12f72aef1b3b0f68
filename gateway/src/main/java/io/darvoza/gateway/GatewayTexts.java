package io.darvoza.gateway;

import io.darvoza.common.problem.ProblemTexts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the texts of {@link GatewayProblem} to the catalogue. */
@Configuration(proxyBeanMethods = false)
class GatewayTexts {

    @Bean
    ProblemTexts.Bundle gatewayProblems() {
        return new ProblemTexts.Bundle("gateway-problems");
    }
}
