package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a browser as a login needs: cookies, redirects one by one, the form of the login page. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]* id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");

    private final String home;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Browser(String home) {
        this.home = home;
    }

    /** Navigates; follows nothing. */
    HttpResponse<String> open(String path) {
        return send(request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8").build());
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
        assertThat(form.find()).as(loginPage.statusCode() + " " + loginPage.body()).isTrue();
        String action = form.group(1).replace("&amp;", "&");
        return follow(post(action, "username=" + encode(user) + "&password=" + encode(password), "Origin", home));
    }

    /** The session's cookie; null when there is none. */
    HttpCookie session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("darvoza_session"))
                .findFirst()
                .orElse(null);
    }

    List<String> cookieNames() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("/") ? home + path : path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.toString(), e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
