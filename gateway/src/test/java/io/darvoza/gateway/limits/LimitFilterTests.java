package io.darvoza.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.RequestPrincipal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

class LimitFilterTests {

    private final LimitFixtures.Time time = new LimitFixtures.Time();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Limits limits = LimitFixtures.limits(new LimitFixtures.Buckets(time), time::currentTimeNanos);
    private final LimitRules rules =
            new LimitRules(LimitFixtures.PROPERTIES.rules(), LimitFixtures.PROPERTIES.exempt());
    private final RequestLimits requests = new RequestLimits(limits, rules, meters);
    private final AddressLimitFilter byAddress =
            new AddressLimitFilter(requests, limits, rules, LimitFixtures.PROPERTIES);
    private final PrincipalLimitFilter byPrincipal = new PrincipalLimitFilter(requests, LimitFixtures.PROPERTIES);
    private final List<ServerWebExchange> passed = new ArrayList<>();

    @Test
    void countsAnonymousRequestsByAddress() {
        assertThat(allowed(60, () -> get("/v1/me", "192.0.2.1"))).isEqualTo(40);
        assertThat(allowed(60, () -> get("/v1/me", "192.0.2.2"))).isEqualTo(40);
    }

    @Test
    void countsTheNetworkOfAnIpv6AddressAsOne() {
        assertThat(allowed(30, () -> get("/v1/me", "2001:db8::1"))).isEqualTo(30);
        assertThat(allowed(30, () -> get("/v1/me", "2001:db8::2"))).isEqualTo(10);
        assertThat(allowed(30, () -> get("/v1/me", "2001:db8:0:1::1"))).isEqualTo(30);
    }

    @Test
    void countsSignedInRequestsByPrincipalWhereverTheyComeFrom() {
        assertThat(signedIn(250, "alice", "192.0.2.1")).isEqualTo(200);
        assertThat(signedIn(250, "alice", "192.0.2.2")).isZero();
        assertThat(signedIn(250, "bob", "192.0.2.1")).isEqualTo(200);
    }

    @Test
    void doesNotTakeFromTheAddressWhatASignedInCallerUses() {
        signedIn(200, "alice", "192.0.2.1");

        assertThat(allowed(60, () -> get("/v1/me", "192.0.2.1"))).isEqualTo(40);
    }

    @Test
    void tellsThePrincipalToTheFiltersThatFollow() {
        signedIn(1, "alice", "192.0.2.1");

        assertThat(RequestPrincipal.of(passed.getFirst())).isEqualTo(new RequestPrincipal("user:alice", "mobile"));
    }

    @Test
    void countsCookiesOfNobodyByAddress() {
        Supplier<MockServerHttpRequest> request = () -> get("/", "192.0.2.1", "Cookie", "darvoza_lang=ru");

        assertThat(allowed(60, request)).isEqualTo(40);
    }

    @Test
    void putsAPriceOnRefusedCredentials() {
        Supplier<MockServerHttpRequest> forged = () -> get("/v1/me", "192.0.2.1", "Authorization", "Bearer forged");
        int refusedByAuthentication = 0;
        for (int i = 0; i < 100; i++) {
            MockServerWebExchange exchange = MockServerWebExchange.from(forged.get());
            Throwable fault = run(byAddress.filter(exchange, answering401()));
            refusedByAuthentication += fault == null ? 1 : 0;
        }

        assertThat(refusedByAuthentication).isBetween(40, 41);
        assertThat(allowed(1, () -> get("/v1/me", "192.0.2.1"))).isEqualTo(1);
        assertThat(signedIn(1, "alice", "192.0.2.9")).isEqualTo(1);
    }

    @Test
    void doesNotCountStaticAssets() {
        assertThat(allowed(500, () -> get("/assets/kit.css", "192.0.2.1"))).isEqualTo(500);
        assertThat(allowed(500, () -> get("/auth/resources/x/login.css", "192.0.2.1", "Cookie", "AUTH_SESSION_ID=1")))
                .isEqualTo(500);
    }

    @Test
    void limitsThePaymentPageByPaymentOnTopOfTheAddress() {
        assertThat(allowed(10, () -> get("/pay/abc", "192.0.2.1"))).isEqualTo(5);
        assertThat(allowed(10, () -> get("/payment.html?uid=abc", "192.0.2.2"))).isZero();
        assertThat(allowed(10, () -> get("/payment.html?uid=def", "192.0.2.2"))).isEqualTo(5);
        assertThat(allowed(3, () -> get("/payment.html", "192.0.2.3"))).isEqualTo(3);
    }

    @Test
    void limitsTokenRequestsByTheClientOfTheForm() {
        assertThat(allowed(15, () -> token("grant_type=client_credentials&client_id=partner")))
                .isEqualTo(10);
        assertThat(allowed(15, () -> token("client_id=partner2&grant_type=client_credentials")))
                .isEqualTo(10);
    }

    @Test
    void limitsTokenRequestsByTheClientOfBasicAuthentication() {
        String partner = Base64.getEncoder().encodeToString("partner:secret".getBytes(StandardCharsets.UTF_8));
        Supplier<MockServerHttpRequest> request = () -> MockServerHttpRequest.post("/v1/token")
                .remoteAddress(new InetSocketAddress("192.0.2.1", 1))
                .header("Authorization", "Basic " + partner)
                .build();

        assertThat(allowed(15, request)).isEqualTo(10);
        assertThat(allowed(15, () -> token("client_id=partner"))).isZero();
    }

    @Test
    void givesTheFormOnUnchanged() {
        allowed(1, () -> token("grant_type=client_credentials&client_id=partner"));

        String body = DataBufferUtils.join(passed.getFirst().getRequest().getBody())
                .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                .block();
        assertThat(body).isEqualTo("grant_type=client_credentials&client_id=partner");
    }

    @Test
    void saysWhatIsLeftOfEachLimitThatCounts() {
        MockServerWebExchange exchange = MockServerWebExchange.from(get("/pay/abc", "192.0.2.1"));
        run(filter(exchange, null));

        assertThat(exchange.getResponse().getHeaders().getFirst("RateLimit-Policy"))
                .isEqualTo("\"address\";q=40;w=2, \"payment-page\";q=5;w=1");
        assertThat(exchange.getResponse().getHeaders().getFirst("RateLimit"))
                .isEqualTo("\"address\";r=39;t=1, \"payment-page\";r=4;t=1");
    }

    @Test
    void refusesWithAProblemAndCountsIt() {
        allowed(40, () -> get("/v1/me", "192.0.2.1"));
        MockServerWebExchange exchange = MockServerWebExchange.from(get("/v1/me", "192.0.2.1"));
        Throwable fault = run(filter(exchange, null));

        assertThat(((ProblemException) fault).type()).isEqualTo(GatewayProblem.RATE_LIMIT_EXCEEDED);
        assertThat(exchange.getResponse().getHeaders().getFirst("RateLimit")).isEqualTo("\"address\";r=0;t=2");
        assertThat(meters.get("darvoza.limits.refused")
                        .tag("limit", "address")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private int allowed(int requests, Supplier<MockServerHttpRequest> request) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> run(filter(MockServerWebExchange.from(request.get()), null)) == null)
                .count();
    }

    private int signedIn(int requests, String subject, String address) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> run(filter(
                                MockServerWebExchange.from(get("/v1/me", address, "Authorization", "Bearer good")),
                                subject))
                        == null)
                .count();
    }

    /** Both filters with authentication between them. */
    private Mono<Void> filter(MockServerWebExchange exchange, @Nullable String subject) {
        WebFilterChain upstream = through -> Mono.fromRunnable(() -> passed.add(through));
        WebFilterChain authentication = through -> {
            Mono<Void> rest = byPrincipal.filter(through, upstream);
            return subject == null
                    ? rest
                    : rest.contextWrite(ReactiveSecurityContextHolder.withAuthentication(tokenOf(subject)));
        };
        return byAddress.filter(exchange, authentication);
    }

    private static WebFilterChain answering401() {
        return exchange -> {
            exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
            return exchange.getResponse().setComplete();
        };
    }

    private static @Nullable Throwable run(Mono<Void> work) {
        return work.<Throwable>then(Mono.empty()).onErrorResume(Mono::just).block();
    }

    private static MockServerHttpRequest get(String path, String address, String... header) {
        MockServerHttpRequest.BaseBuilder<?> request =
                MockServerHttpRequest.get(path).remoteAddress(new InetSocketAddress(address, 1));
        return header.length == 0
                ? request.build()
                : request.header(header[0], header[1]).build();
    }

    private static MockServerHttpRequest token(String form) {
        return MockServerHttpRequest.post("/v1/token")
                .remoteAddress(new InetSocketAddress("192.0.2.1", 1))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form);
    }

    private static JwtAuthenticationToken tokenOf(String subject) {
        Map<String, Object> claims = Map.of("sub", subject, "azp", "mobile", "preferred_username", subject);
        Instant now = Instant.parse("2026-11-20T00:00:00Z");
        return new JwtAuthenticationToken(new Jwt("t", now, now.plusSeconds(300), Map.of("alg", "PS256"), claims));
    }
}
