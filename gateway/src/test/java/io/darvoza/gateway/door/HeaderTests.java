package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningGateway
class HeaderTests {

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private FakeService service;

    @BeforeEach
    void startService() {
        service = new FakeService("payments-service");
        registry.put("payments-service", service.port());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User-Id",
                "X-User-Roles",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Prefix",
                "Forwarded",
                "X-Real-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "X-Application-Context",
                "True-Client-IP",
                "Proxy",
                "Proxy-Authorization",
                "TE",
                "Keep-Alive",
                "x-fOrWaRdEd-sErVeR"
            })
    void aForgedOrHopByHopHeaderDoesNotArrive(String name) {
        door().get("/v1/payments/orders", name, "forged");

        assertThat(service.lastCall().headers()).doesNotContainKey(name.toLowerCase());
    }

    @Test
    void theCallersAddressIsTheOneThatWeSaw() {
        door().get("/v1/payments/orders", "X-Forwarded-For", "6.6.6.6");

        assertThat(service.lastCall().headers().get("x-forwarded-for")).containsExactly("127.0.0.1");
    }

    @Test
    void whatConnectionNamesEndsHereAndCannotTakeOursAway() throws Exception {
        String token = io.darvoza.common.test.security.TestTokens.shared().user("bank_client", "bank_client");
        door().raw("GET /v1/payments/orders HTTP/1.1\r\n"
                + "Host: h\r\n"
                + "Connection: close, X-Secret, X-Forwarded-For, Host\r\n"
                + "X-Secret: 1\r\n"
                + "Authorization: Bearer " + token + "\r\n\r\n");

        assertThat(service.lastCall().headers()).doesNotContainKey("x-secret").containsKey("x-forwarded-for");
    }

    /** Partners sign path and query: the service must see what they sent, octet by octet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments/orders?external_id=order-42&status=new",
                "/v1/payments/orders?status=new&external_id=order-42",
                "/v1/payments/orders?a=%2f&a=%2F&b=%D1%8F+x&c&d=%7e&e=~&f=a=b&=g",
                "/v1/payments/orders?a=x/y&b=%20&c=%25&d=[1]",
                "/v1/payments/orders/?",
                "/v1/payments/orders/%D1%8f%7E~"
            })
    void pathAndQueryArriveAsTheyWereSent(String target) throws Exception {
        String token = io.darvoza.common.test.security.TestTokens.shared().user("bank_client", "bank_client");
        String answer = door().raw("GET " + target
                + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(service.lastCall().uri()).isEqualTo(target);
    }

    @Test
    void ordinaryHeadersArrive() {
        door().get("/v1/payments/orders", "Idempotency-Key", "k1", "If-Match", "\"3\"", "Accept-Language", "ru");

        assertThat(service.lastCall().headers())
                .containsEntry("idempotency-key", java.util.List.of("k1"))
                .containsEntry("if-match", java.util.List.of("\"3\""))
                .containsEntry("accept-language", java.util.List.of("ru"));
    }

    @Test
    void onlyTheCookiesOfTasteArrive() {
        door().get(
                        "/v1/payments/orders",
                        "Cookie",
                        "darvoza_session=secret; darvoza_lang=ru; other=1; __Host-darvoza_session=s; darvoza_theme=dark");

        assertThat(service.lastCall().headers().get("cookie")).containsExactly("darvoza_lang=ru; darvoza_theme=dark");
    }

    @Test
    void aRequestIdThatIsAUuidIsKept() {
        String id = UUID.randomUUID().toString();
        HttpResponse<String> answer = door().get("/v1/payments/orders", "X-Request-ID", id);

        assertThat(answer.headers().allValues("X-Request-ID")).containsExactly(id);
        assertThat(service.lastCall().headers().get("x-request-id")).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "x' OR 1=1", "00000000-0000-4000-8000-00000000000g", "00000000-0000-4000-8000-0000000000001"
            })
    void anotherRequestIdIsReplaced(String sent) {
        HttpResponse<String> answer = door().getAnonymously("/v1/payments/orders", "X-Request-ID", sent);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-Request-ID"))
                .hasValueSatisfying(
                        id -> assertThat(UUID.fromString(id).version()).isEqualTo(4));
    }

    @Test
    void aServicesRequestIdAndServerNameDoNotLeave() {
        service.answers(exchange -> {
            exchange.getResponseHeaders().set("X-Request-ID", "theirs");
            exchange.getResponseHeaders().set("Server", "secret/1.0");
            FakeService.send(exchange, 200, "text/plain", "");
        });
        HttpResponse<String> answer = door().get("/v1/payments/orders");

        assertThat(answer.headers().allValues("X-Request-ID")).hasSize(1).doesNotContain("theirs");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void securityHeadersAreThereUnlessTheServiceSaidItself() {
        HttpResponse<String> plain = door().get("/v1/payments/orders");
        assertThat(plain.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(plain.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();

        service.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Security-Policy", "frame-ancestors https://host.test");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            FakeService.send(exchange, 200, "text/html", "");
        });
        HttpResponse<String> own = door().get("/v1/payments/orders");
        assertThat(own.headers().allValues("Content-Security-Policy"))
                .containsExactly("frame-ancestors https://host.test");
        assertThat(own.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pay/..;/v1/payments/ops", "/pay/%2e%2e/admin", "/pay//x", "//pay/x", "/pay/a%2fb", "/pay/a%5Cb",
                        "/pay/a;b=c",
                "/pay/./x", "/pay/..", "/pay/%252e%252e/x", "/pay/a%00", "/pay/a%0d%0aX:1", "/pay/a%3bb",
                        "/auth/realms/darvoza/..;/master",
                "/auth/realms/darvoza/%2e%2e/master/", "/auth/realms/darvoza/../master/"
            })
    void anAmbiguousPathIsRefused(String path) throws Exception {
        String answer = door().raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed_request");
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/admin/",
                "/auth/admin/master/console/",
                "/auth/realms/master/protocol/openid-connect/token",
                "/auth/realms/darvoza2/x",
                "/auth/metrics",
                "/auth/health",
                "/auth/"
            })
    void nothingOfKeycloakButTheRealmAndItsResourcesIsRouted(String path) {
        assertThat(door().getAnonymously(path).statusCode()).isEqualTo(404);
        assertThat(door().send("POST", path, BodyPublishers.noBody()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPageAskedAtLocalhostIsRedirected() throws Exception {
        String answer = door().raw("GET /payments?a=%20b HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/html\r\n"
                + "Connection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 307")
                .containsIgnoringCase("location: http://127.0.0.1:8080/payments?a=%20b");
    }

    private Door door() {
        return new Door(port);
    }
}
