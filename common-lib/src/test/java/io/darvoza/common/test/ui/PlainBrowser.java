package io.darvoza.common.test.ui;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

/** A person with a browser without scripts, who reads English, on the pages of one area. */
public final class PlainBrowser {

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([0-9]+)\"");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");

    private final WebTestClient web;
    private final URI server;
    private final String token;
    private final Pattern link;

    /** @param area where the addresses of the area's pages begin, such as {@code /payments} */
    public PlainBrowser(int port, String token, String area) {
        this.link = Pattern.compile("href=\"(" + Pattern.quote(area) + "[^\"]*)\"");
        this.server = URI.create("http://127.0.0.1:" + port);
        this.web = WebTestClient.bindToServer()
                .responseTimeout(Duration.ofSeconds(20))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build();
        this.token = token;
    }

    /** A page, or where it leads. */
    public record Page(int status, String html, String location, HttpHeaders headers, List<String> links) {

        /** The version that the forms of the page name. */
        public String version() {
            return first(VERSION);
        }

        public String seen() {
            return first(SEEN);
        }

        public String link(String beginning) {
            return links.stream()
                    .filter(link -> link.startsWith(beginning))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no link " + beginning));
        }

        private String first(Pattern pattern) {
            Matcher found = pattern.matcher(html);
            if (!found.find()) {
                throw new AssertionError("no " + pattern + " in\n" + html);
            }
            return found.group(1);
        }
    }

    public Page opens(String path) {
        return page(web.get().uri(server.resolve(path)).accept(MediaType.TEXT_HTML));
    }

    /** Sends a form: names and values in turn. */
    public Page sends(String path, String... fields) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.add(fields[i], fields[i + 1]);
        }
        return page(web.post()
                .uri(server.resolve(path))
                .accept(MediaType.TEXT_HTML)
                .body(BodyInserters.fromFormData(form)));
    }

    private Page page(WebTestClient.RequestHeadersSpec<?> request) {
        var answer = request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .header(HttpHeaders.ACCEPT_LANGUAGE, "en")
                .exchange()
                .expectBody()
                .returnResult();
        byte[] body = answer.getResponseBody();
        HttpStatusCode status = answer.getStatus();
        String html = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return new Page(
                status.value(),
                html,
                String.valueOf(answer.getResponseHeaders().getFirst(HttpHeaders.LOCATION)),
                answer.getResponseHeaders(),
                links(html));
    }

    /** Addresses of the area that the page links to; a choice of language or theme leads back. */
    private List<String> links(String html) {
        List<String> links = new ArrayList<>();
        Matcher found = link.matcher(html);
        while (found.find()) {
            if (!found.group(1).contains("ui_")) {
                links.add(found.group(1).replace("&amp;", "&"));
            }
        }
        return links;
    }
}
