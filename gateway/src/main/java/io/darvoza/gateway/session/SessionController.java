package io.darvoza.gateway.session;

import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.common.security.AllowedToSignedIn;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.IdentityProperties;
import io.darvoza.gateway.hygiene.PublicAddress;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Signing in and out, and the way to Keycloak's own page for a new password. */
@RestController
final class SessionController {

    private static final String SEE_OTHER = "303";
    private static final URI HOME = URI.create("/");

    private final SessionCookie cookie;
    private final SignedInBrowsers browsers;
    private final String endSession;
    private final String home;

    SessionController(
            SessionCookie cookie, SignedInBrowsers browsers, IdentityProperties identity, PublicAddress address) {
        this.cookie = cookie;
        this.browsers = browsers;
        this.endSession = identity.issuer() + "/protocol/openid-connect/logout";
        this.home = address.origin() + "/";
    }

    /** To the login; who is signed in already goes home. */
    @ApiResponse(responseCode = SEE_OTHER, description = "To the login, or home")
    @AllowedToAnyone
    @GetMapping(LoginFlow.PATH)
    ResponseEntity<Void> login(@Nullable Caller caller) {
        return seeOther(caller == null ? URI.create(LoginFlow.START) : HOME);
    }

    /** Ends the session here, then at Keycloak, which sends the browser home; signing in again asks for the password. */
    @ApiResponse(responseCode = SEE_OTHER, description = "To the identity provider, which sends the browser home")
    @AllowedToAnyone
    @PostMapping("/logout")
    Mono<ResponseEntity<Void>> logout(ServerWebExchange exchange) {
        return cookie.isIn(exchange.getRequest())
                ? exchange.getSession().flatMap(this::end)
                : Mono.just(seeOther(HOME));
    }

    private Mono<ResponseEntity<Void>> end(WebSession session) {
        SessionTokens tokens = SessionTokens.of(session);
        UUID browser = SignedInBrowsers.idOf(session);
        return session.invalidate()
                .then(browser == null ? Mono.empty() : browsers.remove(browser))
                .thenReturn(seeOther(tokens == null ? HOME : endAtKeycloak(tokens.id())));
    }

    /** OpenID Connect RP-Initiated Logout 1.0 §2; with the hint Keycloak asks no question. */
    private URI endAtKeycloak(String idToken) {
        return UriComponentsBuilder.fromUriString(endSession)
                .queryParam("id_token_hint", idToken)
                .queryParam("post_logout_redirect_uri", "{home}")
                .build(home);
    }

    @ApiResponse(responseCode = SEE_OTHER, description = "To the identity provider's page for a new password")
    @AllowedToSignedIn
    @GetMapping("/account/password")
    ResponseEntity<Void> password() {
        return seeOther(URI.create(LoginFlow.START + "?" + LoginRequests.ACTION + "=" + LoginRequests.UPDATE_PASSWORD));
    }

    private static ResponseEntity<Void> seeOther(URI location) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Cache-Control", "no-store")
                .location(location)
                .build();
    }
}
