package io.darvoza.payments.page;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.payments.order.OrderExamples;
import io.darvoza.payments.signature.KeyExamples;
import io.darvoza.payments.webhook.WebhookExamples;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls of the pages of payers and partners and of the documents; objects are those of the operations behind them. */
public final class PageExamples {

    private static final Map<String, String> NAMES =
            Map.of("{word}", "signature", "{name}", "docs.css", "{file}", "darvoza_client.py");

    private final OrderExamples orders;
    private final KeyExamples keys;
    private final WebhookExamples webhooks;

    public PageExamples(OrderExamples orders, KeyExamples keys, WebhookExamples webhooks) {
        this.orders = orders;
        this.keys = keys;
        this.webhooks = webhooks;
    }

    /** Whether the operation is one of these pages. */
    public static boolean know(Operation operation) {
        return operation.path().matches("/payment\\.html|/payments/(docs|partner)(/.*)?");
    }

    public Example of(Operation operation, Of whose) {
        String path = operation.path();
        if (path.equals("/payment.html")) {
            String order = orders.of(at("POST", "/pay/{uid}/cancel"), whose).path();
            return form(path + "?uid=" + order.split("/")[2], "action=cancel");
        }
        for (var name : NAMES.entrySet()) {
            path = path.replace(name.getKey(), name.getValue());
        }
        if (path.contains("/keys/{id}")) {
            path = path.replace("{id}", lastStep(keys.of(at("DELETE", "/v1/payments/keys/{id}"), whose)));
        } else if (path.contains("/callbacks/{id}")) {
            path = path.replace("{id}", lastStep(webhooks.of(at("GET", "/v1/payments/webhooks/{id}"), whose)));
        } else if (path.contains("/deliveries/{id}")) {
            String delivery = webhooks.of(at("POST", "/v1/payments/webhooks/deliveries/{id}/redeliver"), whose)
                    .path();
            path = path.replace("{id}", delivery.split("/")[5]);
        }
        return operation.method().equals("GET") ? Example.of(path) : form(path, "label=&url=");
    }

    private static Operation at(String method, String path) {
        return new Operation(method, path, null, null);
    }

    private static String lastStep(Example example) {
        return example.path().substring(example.path().lastIndexOf('/') + 1);
    }

    private static Example form(String path, String body) {
        return new Example(path, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }
}
