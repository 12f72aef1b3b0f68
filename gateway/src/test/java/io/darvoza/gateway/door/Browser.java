package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a login needs: cookies, redirects one by one, the form of the login page. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]* id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");

    private final String home;
    private final URI door;
    private final Map<String, HttpCookie> cookies = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Browser(String home) {
        this(home, URI.create(home));
    }

    private Browser(String home, URI door) {
        this.home = home;
        this.door = door;
    }

    /** The same browser, whose requests another gateway takes. */
    Browser through(int port) {
        Browser other = new Browser(home, URI.create("http://127.0.0.1:" + port));
        other.cookies.putAll(cookies);
        return other;
    }

    /** Navigates; follows nothing. */
    HttpResponse<String> open(String path) {
        return send(request(path)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .build());
    }

    /** A script of the page asks. */
    HttpResponse<String> fetch(String path) {
        return send(request(path).header("Accept", "application/json").build());
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> delete(String path, String... headers) {
        return send(request(path).headers(headers).DELETE().build());
    }

    /** A script of the page listens; gives the lines as they come until the stream ends, and leaves then. */
    CompletableFuture<List<String>> listen(String path, CountDownLatch begun) {
        HttpRequest request = request(path)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofMinutes(2))
                .build();
        return client.sendAsync(request, BodyHandlers.ofLines())
                .thenApplyAsync(
                        answer -> answer.body().peek(_ -> begun.countDown()).toList());
    }

    /** Navigates and goes where it is sent, until a page comes that sends it nowhere. */
    HttpResponse<String> arriveAt(String path) {
        return follow(open(path));
    }

    HttpResponse<String> follow(HttpResponse<String> answer) {
        HttpResponse<String> last = answer;
        for (int hop = 0; last.statusCode() / 100 == 3; hop++) {
            assertThat(hop).as("going round in circles").isLessThan(12);
            last = open(last.uri()
                    .resolve(last.headers().firstValue("Location").orElseThrow())
                    .toString());
        }
        return last;
    }

    /** Fills in the login page and goes where it leads. */
    HttpResponse<String> signIn(HttpResponse<String> loginPage, String user, String password) {
        Matcher form = FORM.matcher(loginPage.body());
        assertThat(form.find()).as("a login page, not %s", loginPage).isTrue();
        String action = form.group(1).replace("&amp;", "&");
        return follow(post(action, "username=" + encode(user) + "&password=" + encode(password), "Origin", home));
    }

    /** The session's cookie; null when there is none. */
    HttpCookie session() {
        return cookies.get("darvoza_session");
    }

    Set<String> cookieNames() {
        return Set.copyOf(cookies.keySet());
    }

    private HttpRequest.Builder request(String path) {
        URI address = path.startsWith("/") ? door.resolve(path) : URI.create(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        String sent = cookies.values().stream()
                .filter(cookie -> address.getPath().startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return sent.isEmpty() ? request : request.header("Cookie", sent);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.toString(), e);
        }
    }

    /** Also a Secure one: browsers count 127.0.0.1 as safe, and Keycloak counts on it. */
    private void keep(String header) {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
            if (cookie.hasExpired()) {
                cookies.remove(cookie.getName());
            } else {
                cookie.setPath(cookie.getPath() == null ? "/" : cookie.getPath());
                cookies.put(cookie.getName(), cookie);
            }
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
