package io.darvoza.gateway.apidocs;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** The documents' pages, and the descriptions that the viewers show. */
@Controller
@Hidden
@AllowedToAnyone
class DocsController {

    private static final String OWN = "gateway";

    /**
     * The viewers write styles into the page, and Redoc searches in a worker made of a blob; scripts come from here only.
     * All other pages keep the kit's stricter policy.
     */
    private static final String VIEWER_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src blob:",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    private final ApiDescriptions descriptions;
    private final ProblemPages problems;
    private final List<String> apis;

    DocsController(ApiDescriptions descriptions, ProblemPages problems) {
        this.descriptions = descriptions;
        this.problems = problems;
        this.apis =
                Stream.concat(descriptions.services().stream(), Stream.of(OWN)).toList();
    }

    @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
    Rendering overview() {
        return Rendering.view("docs/overview")
                .modelAttribute("apis", apis)
                .modelAttribute("problems", problems.codes())
                .build();
    }

    @GetMapping(path = "/docs/swagger", produces = MediaType.TEXT_HTML_VALUE)
    Rendering swagger(@RequestParam(defaultValue = OWN) String api) {
        return viewer("docs/swagger", api);
    }

    @GetMapping(path = "/docs/redoc", produces = MediaType.TEXT_HTML_VALUE)
    Rendering redoc(@RequestParam(defaultValue = OWN) String api) {
        return viewer("docs/redoc", api);
    }

    private Rendering viewer(String view, String api) {
        if (!apis.contains(api)) {
            throw CommonProblem.NOT_FOUND.exception();
        }
        return Rendering.view(view)
                .modelAttribute("api", api)
                .modelAttribute("apis", apis)
                .header("Content-Security-Policy", VIEWER_POLICY)
                .build();
    }

    /** The gateway's own description is springdoc's, at the same kind of path. */
    @GetMapping(path = "/docs/openapi/{service}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> description(@PathVariable String service) {
        if (!descriptions.services().contains(service)) {
            return Mono.error(CommonProblem.NOT_FOUND.exception());
        }
        return descriptions
                .of(service)
                .map(json -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noCache())
                        .body(json));
    }

    @GetMapping(path = "/docs/problems/{code}", produces = MediaType.TEXT_HTML_VALUE)
    Rendering problem(@PathVariable String code) {
        String html = problems.htmlOf(code);
        if (html == null) {
            throw CommonProblem.NOT_FOUND.exception();
        }
        return Rendering.view("docs/problem")
                .modelAttribute("code", code)
                .modelAttribute("html", html)
                .build();
    }
}
