package io.darvoza.payments.page.payer;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.PayerOrders;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * The payer's page, and its forms for browsers without JavaScript; a script of the page calls {@code /pay/…} instead. An address
 * that leads to no order gets the same page, which says so.
 */
@Controller
@Hidden
@AllowedToAnyone
class PayerPageController {

    private static final String PAGE = "/payment.html";
    private static final String VIEW = "payments/payer";

    private final PayerOrders orders;
    private final PayerFiles files;
    private final ProblemRenderer problems;

    PayerPageController(PayerOrders orders, PayerFiles files, ProblemRenderer problems) {
        this.orders = orders;
        this.files = files;
        this.problems = problems;
    }

    @GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
    Mono<Rendering> page(@RequestParam(defaultValue = "") String uid, ServerWebExchange exchange) {
        return page(uid, exchange, HttpStatus.OK, Map.of());
    }

    @PostMapping(path = PAGE, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> send(@RequestParam(defaultValue = "") String uid, ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> carryOut(uid, form)
                        .then(Mono.fromSupplier(() -> backTo(uid, exchange)))
                        .onErrorResume(
                                ProblemException.class,
                                refusal -> refused(uid, exchange, refusal, form.getFirst("card_number"))));
    }

    private Mono<Void> carryOut(String uid, MultiValueMap<String, String> form) {
        return switch (String.valueOf(form.getFirst("action"))) {
            case "confirm" -> orders.confirm(uid, digits(form.getFirst("card_number")));
            case "cancel" -> orders.cancel(uid);
            default -> Mono.error(CommonProblem.VALIDATION_FAILED.exception().error("/action", "confirm or cancel"));
        };
    }

    /** As people write a card number: in groups, with spaces of any kind or dashes. */
    private static @Nullable String digits(@Nullable String typed) {
        return typed == null ? null : typed.replaceAll("[\\s\\u00a0\\u2009\\u202f-]", "");
    }

    private Rendering backTo(String uid, ServerWebExchange exchange) {
        headers(exchange.getResponse());
        return Rendering.redirectTo(PAGE + "?uid=" + UriUtils.encode(uid, "UTF-8"))
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    /** An order that has moved on is shown as it is now: that says more than the refusal. */
    private Mono<Rendering> refused(
            String uid, ServerWebExchange exchange, ProblemException refusal, @Nullable String typed) {
        if (refusal.type() == PaymentsProblem.STATE_CONFLICT) {
            return Mono.just(backTo(uid, exchange));
        }
        ProblemDetail problem = problems.render(refusal, exchange);
        Map<String, Object> answer =
                typed == null ? Map.of("problem", problem) : Map.of("problem", problem, "typed", typed);
        return page(uid, exchange, HttpStatusCode.valueOf(problem.getStatus()), answer);
    }

    private Mono<Rendering> page(
            String uid, ServerWebExchange exchange, HttpStatusCode status, Map<String, Object> answer) {
        headers(exchange.getResponse());
        return orders.find(uid)
                .map(order -> view(status)
                        .modelAttribute("page", PayerPage.from(order, language(exchange)))
                        .model(answer)
                        .build())
                .onErrorResume(
                        PayerPageController::isUnknown,
                        _ -> Mono.just(view(uid.isEmpty() ? HttpStatus.BAD_REQUEST : HttpStatus.NOT_FOUND)
                                .build()));
    }

    private Rendering.Builder<?> view(HttpStatusCode status) {
        return Rendering.view(VIEW).status(status).modelAttribute("files", files);
    }

    private static boolean isUnknown(Throwable fault) {
        return fault instanceof ProblemException problem && problem.type() == CommonProblem.NOT_FOUND;
    }

    /** The address is a secret: it goes neither to other sites nor into a cache or an index. */
    private void headers(ServerHttpResponse response) {
        response.getHeaders().set("Content-Security-Policy", files.policy());
        response.getHeaders().set("Referrer-Policy", "no-referrer");
        response.getHeaders().set("X-Robots-Tag", "noindex");
        response.getHeaders().setCacheControl(CacheControl.noStore());
    }

    private static Locale language(ServerWebExchange exchange) {
        @Nullable Locale language = exchange.getLocaleContext().getLocale();
        return language == null ? Locale.ROOT : language;
    }
}
