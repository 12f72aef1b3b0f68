package io.darvoza.payments.page.desk;

import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PlainBrowser;
import io.darvoza.payments.RealService;
import io.darvoza.payments.order.OrderWorld;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A desk with people at it, for the tests of its pages. Afterwards every account balances. */
@RealService
abstract class DeskPages {

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
    }

    @AfterEach
    void everythingBalances() {
        world.assertBalanced();
        world.close();
    }

    final PlainBrowser desk(String token) {
        return new PlainBrowser(port, token, "/payments");
    }

    final String queued(String amount) {
        String uid = world.created("deposit", amount).get("uid").asString();
        world.confirmed(uid);
        return uid;
    }

    final String approved(String amount) {
        String uid = queued(amount);
        long version = world.claimed(OPERATOR, uid);
        assertThat(world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"" + reference() + "\"}")
                        .status())
                .isEqualTo(200);
        return uid;
    }

    static String reference() {
        return "RRN " + UUID.randomUUID();
    }

    static String page(String uid) {
        return "/payments/orders/" + uid;
    }
}
