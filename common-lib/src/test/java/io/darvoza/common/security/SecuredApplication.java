package io.darvoza.common.security;

import io.darvoza.common.client.OutsideClientsAutoConfiguration;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemAutoConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A service with one operation per access rule and nothing else of the suite's. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ManagementSecurityAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    OutsideClientsAutoConfiguration.class,
    ProblemAutoConfiguration.class,
    ReactiveWebSecurityAutoConfiguration.class,
    ResourceServerAutoConfiguration.class,
    WebClientAutoConfiguration.class,
    WebFluxAutoConfiguration.class
})
@Import(SecuredApplication.Things.class)
class SecuredApplication {

    @RestController
    @AllowedTo("bank_admin")
    static class Things {

        @GetMapping("/anyone")
        @AllowedToAnyone
        Map<String, Object> anyone(@Nullable Caller caller) {
            return Map.of("caller", caller == null ? "nobody" : caller.principalKey());
        }

        @GetMapping("/signed-in")
        @AllowedToSignedIn
        Caller signedIn(Caller caller) {
            return caller;
        }

        @GetMapping("/admins")
        String admins() {
            return "admins";
        }

        @PostMapping("/workers")
        @AllowedTo({"abs_worker", "dbo_operator"})
        String workers() {
            return "workers";
        }

        @GetMapping("/things/{owner}")
        @AllowedTo({"bank_client", "auditor"})
        Mono<String> thing(@PathVariable String owner, Caller caller) {
            return Mono.just(owner)
                    .transform(Ownership.visible(
                            of -> of.equals(caller.subject()) || caller.has("auditor"), CommonProblem.NOT_FOUND));
        }
    }
}
