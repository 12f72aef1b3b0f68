package io.darvoza.payments.signature;

import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProblem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The partner behind a request: a program's is its own client, a person's the client that the token's claim {@code partner}
 * names. Without signature the token alone says so.
 */
@Component
public final class CallingPartner {

    private final DatabaseClient database;

    CallingPartner(DatabaseClient database) {
        this.database = database;
    }

    /** The partner's id. Raises {@link PaymentsProblem#PARTNER_NOT_ACTIVE} when there is none, or when it is blocked. */
    public Mono<UUID> id() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(Authentication::getPrincipal)
                .ofType(Jwt.class)
                .mapNotNull(CallingPartner::clientOf)
                .flatMap(this::active)
                .switchIfEmpty(Mono.error(PaymentsProblem.PARTNER_NOT_ACTIVE::exception));
    }

    private static @Nullable String clientOf(Jwt token) {
        Caller caller = Caller.of(token);
        return caller.isProgram() ? caller.clientId() : token.getClaimAsString("partner");
    }

    private Mono<UUID> active(String clientId) {
        return database.sql("select id from partner where client_id = :client and status = 'active'")
                .bind("client", clientId)
                .mapValue(UUID.class)
                .one();
    }
}
