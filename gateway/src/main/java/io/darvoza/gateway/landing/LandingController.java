package io.darvoza.gateway.landing;

import io.darvoza.common.security.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** The template {@code home}; the areas in it are those of the person's roles. */
@Controller
@Hidden
@AllowedToAnyone
final class LandingController {

    private final ServiceHealth health;

    LandingController(ServiceHealth health) {
        this.health = health;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    Mono<Rendering> home() {
        return health.services()
                .collectList()
                .map(services -> Rendering.view("home")
                        .modelAttribute("services", services)
                        .build());
    }
}
