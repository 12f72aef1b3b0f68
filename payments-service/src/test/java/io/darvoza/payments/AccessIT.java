package io.darvoza.payments;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import io.darvoza.common.test.security.ServiceAccess;
import io.darvoza.payments.card.AdministrationExamples;
import io.darvoza.payments.order.OrderExamples;
import io.darvoza.payments.page.PageExamples;
import io.darvoza.payments.page.desk.DeskExamples;
import io.darvoza.payments.signature.KeyExamples;
import io.darvoza.payments.signature.Signer;
import io.darvoza.payments.webhook.WebhookExamples;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

@RealInfrastructure(Server.POSTGRES)
@ContextConfiguration(initializers = TestKeys.class)
class AccessIT extends ServiceAccess {

    @Autowired
    private ApplicationContext service;

    @Override
    protected Examples examples() {
        var keys = new KeyExamples(service);
        var orders = new OrderExamples(service);
        var webhooks = new WebhookExamples(service);
        var administration = new AdministrationExamples(service);
        var desk = new DeskExamples(service);
        var pages = new PageExamples(orders, keys, webhooks);
        return (operation, subject, whose) -> PageExamples.know(operation)
                ? signed(operation, pages.of(operation, whose), keys.signer())
                : DeskExamples.know(operation)
                        ? desk.of(operation, subject, whose)
                        : operation.path().startsWith("/v1/payments/admin/") && !OrderExamples.know(operation)
                                ? administration.of(operation)
                                : signed(
                                        operation,
                                        WebhookExamples.know(operation)
                                                ? webhooks.of(operation, whose)
                                                : OrderExamples.know(operation)
                                                        ? orders.of(operation, whose)
                                                        : keys.of(operation, whose),
                                        keys.signer());
    }

    /** Partners sign what they write; to everybody else the headers mean nothing. */
    private Example signed(Operation operation, Example example, Signer signer) {
        if (operation.method().equals("GET")) {
            return example;
        }
        Map<String, String> headers = signer.headers(
                operation.method(),
                server().resolve(example.path()),
                new String(example.body(), StandardCharsets.UTF_8));
        return example.with(headers);
    }
}
