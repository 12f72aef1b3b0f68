package io.darvoza.gateway.access;

import io.darvoza.common.security.Caller;
import io.darvoza.common.security.OperationAccess;
import io.darvoza.gateway.routing.Destination;
import io.darvoza.gateway.routing.RoutingTable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Who may go on: to a service everybody with a valid token, others where the routing table opens a path; to the gateway's own
 * operations whom their rule names. What a caller may do at a service, the service decides, from the same token.
 */
@Component
final class DoorAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);
    private static final AuthorizationResult DENIED = new AuthorizationDecision(false);

    private final RoutingTable routes;
    private final OperationAccess operations;

    DoorAccess(RoutingTable routes, OperationAccess operations) {
        this.routes = routes;
        this.operations = operations;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext request) {
        Destination destination = routes.find(request.getExchange());
        if (destination == null) {
            return operations.authorize(authentication, request);
        }
        return destination.isOpen(request.getExchange().getRequest())
                ? Mono.just(GRANTED)
                : authentication
                        .map(caller -> Caller.of(caller) == null ? DENIED : GRANTED)
                        .defaultIfEmpty(DENIED);
    }
}
