package io.darvoza.payments.order;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.payments.TestPartners;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** Calls of the operations on orders; the clients {@code partner} and {@code partner2} have an order each. */
public final class OrderExamples {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final DatabaseClient database;
    private final UUID own;
    private final UUID foreign;
    private final UUID partner;

    public OrderExamples(ApplicationContext service) {
        database = service.getBean(DatabaseClient.class);
        own = order("partner");
        foreign = order("partner2");
        partner = TestPartners.add(database, "partner");
    }

    /** Whether the operation is one on orders. */
    public static boolean know(Operation operation) {
        return operation
                .path()
                .matches("/pay/.*|/v1/payments/(ops/.*|orders.*|admin/partners/\\{id}/(prefund|settle))");
    }

    public Example of(Operation operation, Of whose) {
        UUID id = operation.path().contains("/second-approvals/") ? waiting() : partner;
        String path = operation
                .path()
                .replace("{uid}", (whose == Of.OWN ? own : foreign).toString())
                .replace("{id}", id.toString());
        return operation.method().equals("POST") ? Example.json(path, "{}") : Example.of(path);
    }

    private UUID order(String client) {
        UUID uid = UUID.randomUUID();
        database.sql("""
                        insert into payment_order (id, uid, partner_id, partner_client, type, status, currency, amount, fee_bps,
                            fee, expires_at, closes_at, created_at)
                        values (:uid, :uid, :partner, :client, 'withdrawal', 'new', 'RUB', 100, 0, 0, now() + interval '1 h',
                            now() + interval '1 h', now())
                        """)
                .bind("uid", uid)
                .bind("partner", TestPartners.add(database, client))
                .bind("client", client)
                .then()
                .block(BOUND);
        return uid;
    }

    /** A payment in that somebody else asked for. */
    private UUID waiting() {
        UUID id = UUID.randomUUID();
        database.sql("""
                        insert into second_approval (id, kind, subject, requested_by, requested_at)
                        values (:id, 'prefund', :subject, 'user:somebody', now())
                        """)
                .bind("id", id)
                .bind(
                        "subject",
                        "{\"partner\":\"%s\",\"currency\":\"RUB\",\"amount_minor\":1,\"comment\":\"x\"}"
                                .formatted(partner))
                .then()
                .block(BOUND);
        return id;
    }
}
