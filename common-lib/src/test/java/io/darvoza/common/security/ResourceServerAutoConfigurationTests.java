package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.client.OutsideClientsAutoConfiguration;
import io.darvoza.common.problem.ProblemAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

class ResourceServerAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(
            JacksonAutoConfiguration.class,
            ManagementSecurityAutoConfiguration.class,
            OutsideClientsAutoConfiguration.class,
            ProblemAutoConfiguration.class,
            ReactiveManagementWebSecurityAutoConfiguration.class,
            ReactiveOAuth2ResourceServerAutoConfiguration.class,
            ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class,
            ReactiveWebSecurityAutoConfiguration.class,
            ResourceServerAutoConfiguration.class,
            WebClientAutoConfiguration.class,
            WebFluxAutoConfiguration.class);

    private final ReactiveWebApplicationContextRunner context = new ReactiveWebApplicationContextRunner()
            .withConfiguration(CONFIGURATIONS)
            .withPropertyValues(
                    "darvoza.identity.issuer=http://issuer.test", "darvoza.identity.jwks-uri=http://issuer.test/certs");

    @Test
    void bringsOneChainForOperationsAndOneForManagement() {
        context.run(started -> assertThat(started.getBeansOfType(SecurityWebFilterChain.class))
                .containsOnlyKeys("operationsSecurity", "managementSecurity"));
    }

    @Test
    void leavesTheChainToAnApplicationThatHasItsOwnAndKeepsTheParts() {
        context.withUserConfiguration(OwnChain.class).run(started -> {
            assertThat(started.getBeansOfType(SecurityWebFilterChain.class))
                    .containsOnlyKeys("ownChain", "managementSecurity");
            assertThat(started).hasSingleBean(TokenVerifier.class).hasSingleBean(OperationAccess.class);
        });
    }

    @Test
    void leavesEachPartToTheApplication() {
        var own = new KeycloakRoles();
        context.withBean("ownRoles", KeycloakRoles.class, () -> own)
                .run(started -> assertThat(started.getBean(KeycloakRoles.class)).isSameAs(own));
    }

    @Test
    void staysOutOfApplicationsOfAnotherKind() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ResourceServerAutoConfiguration.class))
                .run(started -> assertThat(started).doesNotHaveBean(TokenVerifier.class));
    }

    @Test
    void refusesToStartWithoutAnIssuer() {
        context.withPropertyValues("darvoza.identity.issuer=")
                .run(failed -> assertThat(failed).hasFailed().getFailure().hasStackTraceContaining("issuer"));
    }

    @Test
    void refusesToStartWithAnOperationThatHasNoRuleAndNamesIt() {
        context.withUserConfiguration(Forgotten.class)
                .run(failed -> assertThat(failed)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("POST /forgotten")
                        .hasMessageContaining("Forgotten#create")
                        .hasMessageContaining("add @AllowedTo, @AllowedToSignedIn or @AllowedToAnyone")
                        .hasMessageNotContaining("GET /remembered"));
    }

    @Test
    void refusesToStartWithAnOperationThatHasTwoRules() {
        context.withUserConfiguration(Torn.class)
                .run(failed -> assertThat(failed)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("more than one access rule"));
    }

    @Test
    void refusesToStartWithARuleThatNamesNoRole() {
        context.withUserConfiguration(ForNobody.class)
                .run(failed -> assertThat(failed).hasFailed().getFailure().hasStackTraceContaining("names no role"));
    }

    @Test
    void refusesToStartWithAnOperationThatLiesUnderAnOpenPathButWrites() {
        context.withUserConfiguration(WritesAmongAssets.class)
                .run(failed -> assertThat(failed)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("POST /assets/upload")
                        .hasMessageNotContaining("GET /assets"));
    }

    @Test
    void refusesToStartWithARouter() {
        context.withBean(
                        "router",
                        RouterFunction.class,
                        () -> RouterFunctions.route()
                                .GET("/routed", _ -> ServerResponse.ok().build())
                                .build())
                .run(failed -> assertThat(failed).hasFailed().getFailure().hasMessageContaining("RouterFunction"));
    }

    @Test
    void refusesToOpenEverything() {
        context.withPropertyValues("darvoza.access.open=/**")
                .run(failed -> assertThat(failed).hasFailed().getFailure().hasStackTraceContaining("open everything"));
    }

    @Test
    void listsEveryOperationWithItsRule() {
        context.withUserConfiguration(SecuredApplication.Things.class)
                .run(started -> assertThat(
                                started.getBean(OperationCatalogue.class).operations())
                        .extracting(operation -> operation + " " + operation.rule())
                        .contains(
                                "GET /anyone Anyone[]",
                                "GET /signed-in SignedIn[]",
                                "GET /admins Roles[anyOf=[bank_admin]]")
                        .hasSize(5));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnChain {
        @Bean
        SecurityWebFilterChain ownChain(ServerHttpSecurity http, BearerSecurity bearer) {
            return bearer.stateless(http).build();
        }
    }

    @RestController
    static class Forgotten {
        @PostMapping("/forgotten")
        void create() {}

        @GetMapping("/remembered")
        @AllowedToAnyone
        void read() {}
    }

    @RestController
    static class Torn {
        @DeleteMapping("/torn")
        @AllowedToAnyone
        @AllowedTo("bank_admin")
        void delete() {}
    }

    @RestController
    @RequestMapping("/nobody")
    @AllowedTo({})
    static class ForNobody {
        @GetMapping
        void read() {}
    }

    @RestController
    static class WritesAmongAssets {
        @PostMapping("/assets/upload")
        void write() {}

        @GetMapping("/assets/list")
        void read() {}
    }
}
