package io.darvoza.common.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.junit.jupiter.api.Test;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

class OpenApiAutoConfigurationTests {

    private final ReactiveWebApplicationContextRunner service = new ReactiveWebApplicationContextRunner()
            .withPropertyValues("darvoza.openapi.title=sample-service")
            .withConfiguration(AutoConfigurations.of(OpenApiAutoConfiguration.class));

    @Test
    void theDocumentNamesTheServiceTheGatewayAndTheToken() {
        service.run(context -> {
            OpenAPI document = context.getBean(OpenAPI.class);

            assertThat(document.getInfo().getTitle()).isEqualTo("sample-service");
            assertThat(document.getServers())
                    .singleElement()
                    .satisfies(server -> assertThat(server.getUrl()).isEqualTo("/"));
            assertThat(document.getComponents().getSecuritySchemes()).containsKey("bearer");
        });
    }

    @Test
    void everyOperationCanAnswerAProblem() {
        service.run(context -> {
            var operation = new Operation().responses(new ApiResponses());
            var document = new OpenAPI().paths(new Paths().addPathItem("/v1/x", new PathItem().get(operation)));

            context.getBean(OpenApiCustomizer.class).customise(document);

            assertThat(operation.getResponses().get("default").getContent()).containsKey("application/problem+json");
        });
    }

    @Test
    void aServicesOwnDocumentWins() {
        var own = new OpenAPI();

        service.withBean(OpenAPI.class, () -> own)
                .run(context -> assertThat(context.getBean(OpenAPI.class)).isSameAs(own));
    }
}
