package io.darvoza.common.security;

import java.util.Optional;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Decides each request by the rule of the operation that it reaches; default deny. */
public final class OperationAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

    private final OperationCatalogue catalogue;

    public OperationAccess(OperationCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext request) {
        return catalogue.ruleFor(request.getExchange()).flatMap(rule -> decide(rule, authentication));
    }

    private static Mono<AuthorizationResult> decide(AccessRule rule, Mono<Authentication> authentication) {
        return authentication
                .mapNotNull(Caller::of)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(caller -> new AuthorizationDecision(rule.allows(caller.orElse(null))));
    }
}
