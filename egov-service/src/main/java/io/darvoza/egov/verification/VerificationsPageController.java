package io.darvoza.egov.verification;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Purpose;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The clerk's page: verify a number, and see what was verified before. Works without scripts. */
@Controller
@Hidden
@AllowedTo({"egov_user", "egov_admin"})
class VerificationsPageController {

    private static final String PATH = "/egov/verifications/";

    private final VerifyNumber verify;
    private final VerificationTable table;
    private final KeysetCursors cursors;
    private final ProblemRenderer problems;
    private final ReasonTexts reasons;

    VerificationsPageController(
            VerifyNumber verify,
            VerificationTable table,
            KeysetCursors cursors,
            ProblemRenderer problems,
            ReasonTexts reasons) {
        this.verify = verify;
        this.table = table;
        this.cursors = cursors;
        this.problems = problems;
        this.reasons = reasons;
    }

    /** What somebody typed before the form was refused. */
    public record Typed(String type, String number) {

        static final Typed NOTHING = new Typed("iin", "");

        private static Typed from(MultiValueMap<String, String> form) {
            return new Typed(
                    Objects.requireNonNullElse(form.getFirst("type"), "iin"),
                    Objects.requireNonNullElse(form.getFirst("number"), ""));
        }

        private DocumentNumber parsed() {
            return switch (type) {
                case "passport" -> new NumberRequest.PassportRequest(number).number();
                case "bin" -> new NumberRequest.BinRequest(number).number();
                case "iin" -> new NumberRequest.IinRequest(number).number();
                default -> throw CommonProblem.VALIDATION_FAILED.exception().error("/type", "iin, passport or bin");
            };
        }

        @Override
        public String toString() {
            return "Typed";
        }
    }

    @GetMapping({"/egov/verifications", PATH})
    Mono<Rendering> list(
            @RequestParam(required = false) @Nullable String older, Caller caller, ServerWebExchange exchange) {
        return page(older, Typed.NOTHING, caller, exchange).map(Rendering.Builder::build);
    }

    @PostMapping(
            path = {"/egov/verifications", PATH},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> verify(Caller caller, ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(Typed::from)
                .flatMap(typed -> Mono.fromSupplier(typed::parsed)
                        .flatMap(number -> verify.verify(
                                number, Asker.of(caller, Channel.API, RequestTrace.id(exchange)), Purpose.SINGLE))
                        .map(done -> Rendering.redirectTo(PATH + done.id())
                                .status(HttpStatus.SEE_OTHER)
                                .build())
                        .onErrorResume(
                                ProblemException.class,
                                refused -> page(null, typed, caller, exchange)
                                        .map(page -> page.modelAttribute("problem", problems.render(refused, exchange))
                                                .status(refused.type().status())
                                                .build())));
    }

    @GetMapping(PATH + "{id}")
    Mono<Rendering> one(@PathVariable UUID id, Caller caller, ServerWebExchange exchange) {
        return table.find(id)
                .transform(Ownership.visible(
                        found -> found.asker().principal().equals(caller.principalKey()) || caller.has("egov_admin"),
                        CommonProblem.NOT_FOUND))
                .map(found -> Rendering.view("egov/verification")
                        .modelAttribute("one", found)
                        .modelAttribute(
                                "reason",
                                Objects.requireNonNullElse(reasons.of(found, exchange.getLocaleContext()), ""))
                        .build());
    }

    private Mono<Rendering.Builder<?>> page(
            @Nullable String older, Typed typed, Caller caller, ServerWebExchange exchange) {
        PageRequest request = PageRequest.of(null, older);
        KeysetCursor query = cursors.forQuery("egov.verifications.page", caller.principalKey());
        List<String> position = query.read(older);
        UUID before = position.isEmpty() ? null : UUID.fromString(position.getFirst());
        return table.of(caller.principalKey(), before, null, null, request.rowsToRead())
                .map(rows -> Page.of(request, rows, last -> query.after(last.id())))
                .map(page -> Rendering.view("egov/verifications")
                        .modelAttribute("rows", page.items())
                        .modelAttribute("older", Objects.requireNonNullElse(page.nextCursor(), ""))
                        .modelAttribute("first", older == null)
                        .modelAttribute("admin", caller.has("egov_admin"))
                        .modelAttribute("typed", typed));
    }
}
