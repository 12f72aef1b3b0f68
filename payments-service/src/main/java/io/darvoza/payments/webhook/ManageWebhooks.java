package io.darvoza.payments.webhook;

import io.darvoza.common.id.FastRandom;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** What a partner does with its own endpoints. Each change is one transaction, and in the audit log. */
@Service
class ManageWebhooks {

    private final Endpoints endpoints;
    private final R2dbcWebhooks webhooks;
    private final AuditLog audit;
    private final WebhookProperties properties;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final SecureRandom random = FastRandom.create();

    ManageWebhooks(
            Endpoints endpoints,
            R2dbcWebhooks webhooks,
            AuditLog audit,
            WebhookProperties properties,
            TransactionalOperator transaction,
            Clock clock) {
        this.endpoints = endpoints;
        this.webhooks = webhooks;
        this.audit = audit;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** An endpoint with its secret, which nobody is shown again. */
    record WithSecret(Endpoint endpoint, WebhookSecret secret) {}

    Mono<WithSecret> add(UUID partnerId, Endpoints.Wish wish, String actor) {
        return Mono.defer(() -> {
            WebhookSecret secret = newSecret();
            return endpoints
                    .countOf(partnerId)
                    .filter(count -> count < properties.maxEndpoints())
                    .switchIfEmpty(
                            Mono.error(() -> PaymentsProblem.TOO_MANY_WEBHOOKS.exception(properties.maxEndpoints())))
                    .then(endpoints.add(partnerId, wish, secret))
                    .flatMap(added ->
                            told(actor, "webhook_added", null, added).thenReturn(new WithSecret(added, secret)))
                    .as(transaction::transactional);
        });
    }

    Mono<Endpoint> change(UUID partnerId, UUID id, Endpoints.Wish wish, String actor) {
        return own(partnerId, id)
                .flatMap(before -> endpoints
                        .change(partnerId, id, wish)
                        .flatMap(after ->
                                told(actor, "webhook_changed", before, after).thenReturn(after)))
                .as(transaction::transactional);
    }

    /** Another secret; both sign until the overlap is over. */
    Mono<WithSecret> renewSecret(UUID partnerId, UUID id, String actor) {
        return Mono.defer(() -> {
            WebhookSecret secret = newSecret();
            Instant until = clock.instant().plus(properties.secretOverlap());
            return own(partnerId, id)
                    .flatMap(before -> endpoints
                            .renewSecret(partnerId, id, secret, until)
                            .flatMap(after -> told(actor, "webhook_secret_renewed", before, after)
                                    .thenReturn(new WithSecret(after, secret))))
                    .as(transaction::transactional);
        });
    }

    Mono<Void> delete(UUID partnerId, UUID id, String actor) {
        return own(partnerId, id)
                .flatMap(before -> endpoints.delete(partnerId, id).then(told(actor, "webhook_deleted", before, null)))
                .as(transaction::transactional);
    }

    /** A message that only tests the way; the id of its delivery. */
    Mono<UUID> test(UUID partnerId, UUID id) {
        return own(partnerId, id)
                .filter(Endpoint::isActive)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .flatMap(endpoint -> webhooks.test(endpoint.id()))
                .as(transaction::transactional);
    }

    /** The partner's endpoint; a foreign one is not there. */
    Mono<Endpoint> own(UUID partnerId, UUID id) {
        return endpoints.find(partnerId, id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private WebhookSecret newSecret() {
        byte[] bytes = new byte[WebhookSecret.LENGTH];
        random.nextBytes(bytes);
        return new WebhookSecret(bytes);
    }

    private Mono<Void> told(String actor, String action, @Nullable Endpoint before, @Nullable Endpoint after) {
        Endpoint either = after == null ? before : after;
        return either == null
                ? Mono.empty()
                : audit.write(
                        actor,
                        action,
                        "webhook",
                        either.id().toString(),
                        before == null ? null : EndpointResponse.from(before),
                        after == null ? null : EndpointResponse.from(after),
                        null);
    }
}
