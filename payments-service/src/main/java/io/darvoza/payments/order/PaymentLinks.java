package io.darvoza.payments.order;

import java.net.URI;
import java.util.UUID;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Links to the payer's page. */
@Component
final class PaymentLinks {

    private final String page;

    PaymentLinks(OrderProperties properties, Environment environment) {
        URI own = properties.payerOrigin();
        String origin = own == null ? environment.getRequiredProperty("darvoza.public-url") : own.toString();
        this.page = origin.replaceFirst("/$", "") + "/payment.html?uid=";
    }

    String of(UUID uid) {
        return page + uid;
    }
}
