package io.darvoza.common.problem;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One renderer of problems; replaced by a bean of {@link ProblemRenderer}. Operations refuse query parameters that they do not declare,
 * unless the application has {@link WebFluxRegistrations} of its own.
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ProblemAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProblemTexts problemTexts(ObjectProvider<ProblemTexts.Bundle> bundles) {
        return new ProblemTexts(List.copyOf(bundles.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemRenderer problemRenderer(ProblemTexts texts, JsonMapper json, ObjectProvider<ProblemPage> page) {
        return new ProblemRenderer(texts, json, page.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemExceptionHandler problemExceptionHandler(ProblemRenderer renderer) {
        return new ProblemExceptionHandler(renderer);
    }

    @Bean
    @ConditionalOnMissingBean
    WebFluxRegistrations declaredParameters() {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new DeclaredParameters();
            }
        };
    }
}
