package io.darvoza.payments;

import io.darvoza.common.problem.ProblemTexts;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

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
        return json -> json.withCoercionConfig(
                LogicalType.Textual,
                texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
