package io.darvoza.egov.apilog;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** The log of calls as a page; at the seed's misspelt address, and at the right one. */
@Controller
@Hidden
@AllowedTo({"egov_admin", "auditor"})
class LogPageController {

    private static final String ADMIN = "/admin/egov_integration/";

    private final ApiCalls calls;
    private final KeysetCursors cursors;

    LogPageController(ApiCalls calls, KeysetCursors cursors) {
        this.calls = calls;
        this.cursors = cursors;
    }

    /** A call as the page shows it. */
    public record Shown(
            Instant at, String direction, String call, String number, String status, int millis, String error) {

        private static Shown from(ApiCallView call) {
            return new Shown(
                    call.at(),
                    call.direction(),
                    call.method() + " " + call.endpoint(),
                    Objects.requireNonNullElse(call.number(), "—"),
                    call.status() == null ? "—" : call.status().toString(),
                    call.millis(),
                    Objects.requireNonNullElse(call.error(), ""));
        }
    }

    @GetMapping({ADMIN + "egovapolog", ADMIN + "egovapolog/", ADMIN + "egovapilog", ADMIN + "egovapilog/"})
    Mono<Rendering> page(
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(required = false) @Nullable String older) {
        String known = "in".equals(direction) || "out".equals(direction) ? direction : null;
        PageRequest request = PageRequest.of(null, older);
        KeysetCursor query = cursors.forQuery("egov.api-log.page", known);
        List<String> position = query.read(older);
        UUID before = position.isEmpty() ? null : UUID.fromString(position.getFirst());
        return calls.find(known, null, before, request.rowsToRead())
                .map(rows ->
                        Page.of(request, rows, last -> query.after(last.id())).map(Shown::from))
                .map(page -> Rendering.view("egov/log")
                        .modelAttribute("rows", page.items())
                        .modelAttribute("older", Objects.requireNonNullElse(page.nextCursor(), ""))
                        .modelAttribute("direction", Objects.requireNonNullElse(known, ""))
                        .build());
    }
}
