package io.darvoza.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.Http;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An order that a person of the partner makes and ends on the page for trials. */
record SimulatedPayment(String uid, String amount) {

    private static final String PAGE = "/payments/partner/simulation";
    private static final Pattern NEWEST = Pattern.compile("id=\"order-([0-9a-f-]{36})\"");

    /** A new order; no two open deposits of one card have the same amount, so it is a random one below 10 000. */
    static SimulatedPayment of(String type) {
        String amount = "%d.%02d"
                .formatted(
                        ThreadLocalRandom.current().nextInt(1000, 10_000),
                        ThreadLocalRandom.current().nextInt(100));
        assertThat(send(PAGE, "type=" + type + "&amount=" + amount)).isEqualTo(303);
        RunningSuite suite = RunningSuite.get();
        HttpRequest request = new Http(suite.address())
                .request(PAGE, suite.token("partner_user"))
                .header("Accept", "text/html")
                .build();
        Http.Reply page = new Http(suite.address()).send(request);
        Matcher newest = NEWEST.matcher(new String(page.whole().body(), StandardCharsets.UTF_8));
        assertThat(newest.find()).isTrue();
        return new SimulatedPayment(newest.group(1), amount);
    }

    String path() {
        return "/payment.html?uid=" + uid;
    }

    /** The operator's decision: {@code approved}, {@code failed} or {@code rejected}. */
    void ends(String ending) {
        assertThat(send(PAGE + "/" + uid, "ending=" + ending)).isEqualTo(303);
    }

    private static int send(String path, String form) {
        RunningSuite suite = RunningSuite.get();
        HttpRequest request = new Http(suite.address())
                .request(path, suite.token("partner_user"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return new Http(suite.address()).send(request).status();
    }
}
