package io.darvoza.common.ui;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemAutoConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** A process with the kit and two pages, signed in as the header or cookie {@code as} says: {@code name:role,role}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    PagesAutoConfiguration.class,
    ProblemAutoConfiguration.class,
    ThymeleafAutoConfiguration.class,
    UiAutoConfiguration.class,
    WebFluxAutoConfiguration.class
})
class SamplePages {

    @Bean
    People people() {
        return authentication -> Mono.just(new Person(
                authentication.getName(), AuthorityUtils.authorityListToSet(authentication.getAuthorities())));
    }

    @Bean
    SignIn signIn() {
        return new SignIn();
    }

    @Controller
    static class Pages {

        @GetMapping("/sample")
        String sample(Model model) {
            model.addAttribute("now", Instant.now().minusSeconds(200));
            model.addAttribute("steps", List.of(new Crumb("One", "/sample"), new Crumb("Two", null)));
            return "sample/page";
        }

        @GetMapping("/sample/fault")
        String fault() {
            throw new IllegalStateException("planted");
        }

        @PostMapping("/sample")
        String refused() {
            throw CommonProblem.NOT_FOUND.exception();
        }

        @GetMapping("/sample/own-policy")
        @ResponseBody
        Mono<String> ownPolicy(ServerWebExchange exchange) {
            exchange.getResponse().getHeaders().set("Content-Security-Policy", "default-src 'self'");
            return Mono.just("own");
        }
    }

    /** In the place of Spring Security's filter. */
    static final class SignIn implements WebFilter, Ordered {

        @Override
        public int getOrder() {
            return -100;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            String as = exchange.getRequest().getHeaders().getFirst("as");
            if (as == null) {
                var cookie = exchange.getRequest().getCookies().getFirst("as");
                as = cookie == null ? null : cookie.getValue();
            }
            if (as == null) {
                return chain.filter(exchange);
            }
            String[] parts = as.split(":");
            Set<String> roles = Set.of(parts[1].split(","));
            var principal = UsernamePasswordAuthenticationToken.authenticated(
                    parts[0].replace("_", " "), "", AuthorityUtils.createAuthorityList(roles.toArray(String[]::new)));
            return chain.filter(
                    exchange.mutate().principal(Mono.just(principal)).build());
        }
    }
}
