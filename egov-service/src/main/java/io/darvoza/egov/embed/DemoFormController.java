package io.darvoza.egov.embed;

import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** The forms that the seed names, with the buttons; what is sent with them is neither read nor kept. */
@Controller
@Hidden
@AllowedTo({"egov_user", "egov_admin"})
class DemoFormController {

    private static final String GUEST = "/egov/embed/demo/guest";
    private static final String STUDENT = "/egov/embed/demo/student";
    private static final String GROUP = "/egov/embed/demo/group";

    @GetMapping({GUEST, GUEST + "/", STUDENT, STUDENT + "/", GROUP, GROUP + "/"})
    Rendering form(@RequestParam(defaultValue = "false") boolean sent, ServerWebExchange exchange) {
        return Rendering.view("egov/demo")
                .modelAttribute("form", nameIn(exchange))
                .modelAttribute("sent", sent)
                .build();
    }

    @PostMapping({GUEST, STUDENT, GROUP})
    Rendering send(ServerWebExchange exchange) {
        return Rendering.redirectTo("/egov/embed/demo/" + nameIn(exchange) + "?sent=true")
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static String nameIn(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication().value().split("/")[4];
    }
}
