package io.darvoza.payments.page.partner;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.payments.order.SimulatedOrders;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.signature.CallingPartner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.ResolvableType;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.FormHttpMessageReader;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the partner's pages have in common: whose they are, their tabs, their language and how they say that something was refused. */
@Component
final class PartnerFrame {

    static final String PATH = "/payments/partner";

    private static final FormHttpMessageReader FORMS = new FormHttpMessageReader();
    private static final ResolvableType FORM =
            ResolvableType.forClassWithGenerics(MultiValueMap.class, String.class, String.class);

    private final CallingPartner calling;
    private final Partners partners;
    private final ProblemRenderer problems;
    private final List<PartnerTab> tabs;

    PartnerFrame(
            CallingPartner calling,
            Partners partners,
            ProblemRenderer problems,
            ObjectProvider<SimulatedOrders> simulation) {
        this.calling = calling;
        this.partners = partners;
        this.problems = problems;
        boolean local = simulation.getIfAvailable() != null;
        this.tabs = Stream.of(PartnerTab.values())
                .filter(tab -> local || tab != PartnerTab.SIMULATION)
                .toList();
    }

    /** The partner of whoever asks. */
    Mono<Partner> partner() {
        return calling.id().flatMap(partners::find);
    }

    /**
     * The form that was sent. Read from the request as it is here: a program's signature was checked over the body, which
     * the exchange's own form would look for in vain.
     */
    static Mono<MultiValueMap<String, String>> form(ServerWebExchange exchange) {
        return FORMS.readMono(FORM, exchange.getRequest(), Map.of()).defaultIfEmpty(new LinkedMultiValueMap<>());
    }

    /** A page of the partner's; it holds money and, once, a secret, so nobody keeps it. */
    Rendering.Builder<?> page(PartnerTab tab, Partner partner, ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return Rendering.view("payments/partner-" + tab.word())
                .modelAttribute("partner", partner.name())
                .modelAttribute("tab", tab)
                .modelAttribute("tabs", tabs);
    }

    /** The same page again, with what was refused. */
    Rendering refused(Rendering.Builder<?> page, ProblemException refusal, ServerWebExchange exchange) {
        ProblemDetail problem = problems.render(refusal, exchange);
        toFields(problem);
        return page.status(HttpStatusCode.valueOf(problem.getStatus()))
                .modelAttribute("problem", problem)
                .build();
    }

    /** A fault of ours has no page to be shown on. */
    static boolean isRefusal(Throwable fault) {
        return fault instanceof ProblemException problem && problem.type() != CommonProblem.INTERNAL_ERROR;
    }

    static Rendering backTo(PartnerTab tab) {
        return Rendering.redirectTo(tab.path()).status(HttpStatus.SEE_OTHER).build();
    }

    static Locale language(ServerWebExchange exchange) {
        @Nullable Locale language = exchange.getLocaleContext().getLocale();
        return Objects.requireNonNullElse(language, Locale.forLanguageTag("ru"));
    }

    /** A problem names {@code /scopes/0}; the form has one field of scopes. */
    private static void toFields(ProblemDetail problem) {
        var members = problem.getProperties();
        if (members != null && members.get("errors") instanceof List<?> errors) {
            problem.setProperty(
                    "errors", errors.stream().map(PartnerFrame::toField).toList());
        }
    }

    private static Object toField(Object error) {
        return error instanceof ProblemException.InvalidPlace place
                ? new ProblemException.InvalidPlace(place.pointer().replaceFirst("^(/[^/]*)/.*$", "$1"), place.detail())
                : error;
    }
}
