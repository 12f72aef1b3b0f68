package io.darvoza.egov.health;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** What «Проверить API» shows: the same as the seed's health, in words. */
@Controller
@Hidden
@AllowedTo({"egov_user", "egov_admin"})
class HealthPageController {

    private final HealthController health;

    HealthPageController(HealthController health) {
        this.health = health;
    }

    @GetMapping({"/egov/health", "/egov/health/"})
    Mono<Rendering> page(Caller caller) {
        return health.health(caller)
                .map(answer -> Rendering.view("egov/health")
                        .modelAttribute("api", answer.egovApi())
                        .build());
    }
}
