package io.darvoza.payments.page.partner;

import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The partner's page: what there is, and what moved it. */
@Controller
@Hidden
@AllowedTo("partner")
class PartnerMoneyPageController {

    private final PartnerFrame frame;
    private final PartnerMoneyPages pages;

    PartnerMoneyPageController(PartnerFrame frame, PartnerMoneyPages pages) {
        this.frame = frame;
        this.pages = pages;
    }

    @GetMapping(PartnerFrame.PATH)
    Mono<Rendering> page(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @RequestParam(required = false) @Nullable String older,
            ServerWebExchange exchange) {
        var wish = new PartnerMoneyPages.Wish(from, until, older);
        return frame.partner()
                .flatMap(partner -> pages.read(partner, wish, PartnerFrame.language(exchange))
                        .map(money -> frame.page(PartnerTab.MONEY, partner, exchange)
                                .modelAttribute("money", money)
                                .build()));
    }
}
