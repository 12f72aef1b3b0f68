package io.darvoza.egov.setting;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The administrator's pages: where the seed has its admin panel, and the settings. */
@Controller
@Hidden
@AllowedTo("egov_admin")
class SettingsPageController {

    private static final String PATH = "/egov/settings/";
    private static final String ADMIN = "/admin/egov_integration/";

    private final CurrentSettings current;
    private final ChangeSettings change;
    private final ProblemRenderer problems;

    SettingsPageController(CurrentSettings current, ChangeSettings change, ProblemRenderer problems) {
        this.current = current;
        this.change = change;
        this.problems = problems;
    }

    @GetMapping({"/admin", "/admin/"})
    Rendering admin() {
        return Rendering.redirectTo(ADMIN).status(HttpStatus.SEE_OTHER).build();
    }

    @GetMapping({"/admin/egov_integration", ADMIN})
    Rendering integration() {
        return Rendering.view("egov/admin").build();
    }

    @GetMapping({"/egov/settings", PATH, ADMIN + "egovsettings", ADMIN + "egovsettings/"})
    Mono<Rendering> list() {
        return page().map(Rendering.Builder::build);
    }

    @PostMapping(path = PATH + "{name}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> set(@PathVariable String name, Caller caller, ServerWebExchange exchange) {
        SettingName setting = known(name);
        return done(
                exchange.getFormData().flatMap(form -> {
                    String value = form.getFirst("value");
                    return change.set(setting, value == null ? "" : value, null, caller.principalKey());
                }),
                setting,
                exchange);
    }

    @PostMapping(PATH + "{name}/reset")
    Mono<Rendering> reset(@PathVariable String name, Caller caller, ServerWebExchange exchange) {
        SettingName setting = known(name);
        return done(change.reset(setting, null, caller.principalKey()), setting, exchange);
    }

    @PostMapping(PATH + "{name}/revoke-previous")
    Mono<Rendering> revokePrevious(@PathVariable String name, Caller caller, ServerWebExchange exchange) {
        SettingName setting = known(name);
        return done(change.revokePrevious(setting, caller.principalKey()), setting, exchange);
    }

    private Mono<Rendering> done(Mono<Void> changed, SettingName setting, ServerWebExchange exchange) {
        return changed.then(Mono.fromSupplier(() -> Rendering.redirectTo(PATH + "#" + setting)
                        .status(HttpStatus.SEE_OTHER)
                        .build()))
                .onErrorResume(
                        ProblemException.class,
                        refused -> page().map(page -> page.modelAttribute("problem", problems.render(refused, exchange))
                                .modelAttribute("wrong", setting.name())
                                .status(refused.type().status())
                                .build()));
    }

    private Mono<Rendering.Builder<?>> page() {
        return current.effective().map(all -> Rendering.view("egov/settings").modelAttribute("settings", all));
    }

    private static SettingName known(String name) {
        return SettingName.of(name).orElseThrow(CommonProblem.NOT_FOUND::exception);
    }
}
