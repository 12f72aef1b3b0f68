package io.darvoza.payments.webhook;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.payments.TestPartners;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Calls of the operations on webhooks of the clients {@code partner} and {@code partner2}. */
public final class WebhookExamples {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String WISH = "{\"url\":\"https://shop.example/hook\"}";

    private final Endpoints endpoints;
    private final R2dbcWebhooks webhooks;
    private final TransactionalOperator transaction;
    private final UUID partner;
    private final UUID partner2;

    public WebhookExamples(ApplicationContext service) {
        endpoints = service.getBean(Endpoints.class);
        webhooks = service.getBean(R2dbcWebhooks.class);
        transaction = service.getBean(TransactionalOperator.class);
        DatabaseClient database = service.getBean(DatabaseClient.class);
        partner = TestPartners.add(database, "partner");
        partner2 = TestPartners.add(database, "partner2");
    }

    public static boolean know(Operation operation) {
        return operation.path().startsWith("/v1/payments/webhooks");
    }

    public Example of(Operation operation, Of whose) {
        if (!operation.path().contains("{")) {
            return Example.json(operation.path(), "{}");
        }
        UUID endpoint = endpoints
                .add(
                        whose == Of.OWN ? partner : partner2,
                        new Endpoints.Wish("https://shop.example/hook", null, List.of(), true),
                        new WebhookSecret(new byte[32]))
                .block(BOUND)
                .id();
        boolean ofDelivery = operation.path().contains("/deliveries/{id}");
        UUID id = ofDelivery
                ? webhooks.test(endpoint).as(transaction::transactional).block(BOUND)
                : endpoint;
        String path = operation.path().replace("{id}", id.toString());
        return switch (operation.method()) {
            case "PUT" -> Example.json(path, WISH);
            case "POST" -> ofDelivery || !path.endsWith("/redeliver") ? Example.of(path) : Example.json(path, "{}");
            default -> Example.of(path);
        };
    }
}
