package io.darvoza.payments.webhook;

/** The statements of callbacks, for the test of plans. */
public final class WebhookSql {

    private WebhookSql() {}

    public static String take() {
        return DeliveryQueue.TAKE;
    }
}
