package io.darvoza.payments.signature;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.payments.TestPartners;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** Calls of the operations on keys; the clients {@code partner} and {@code partner2} get a key each time. */
public final class KeyExamples {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final ApiKeys keys;
    private final UUID partner;
    private final UUID partner2;
    private final Signer signer;

    public KeyExamples(ApplicationContext service) {
        keys = service.getBean(ApiKeys.class);
        DatabaseClient database = service.getBean(DatabaseClient.class);
        partner = TestPartners.add(database, "partner");
        partner2 = TestPartners.add(database, "partner2");
        signer = Signer.of(issue(partner));
    }

    /** Signs as {@code partner}. */
    public Signer signer() {
        return signer;
    }

    public Example of(Operation operation, Of whose) {
        if (operation.toString().equals("POST /v1/payments/keys")) {
            return Example.json(operation.path(), "{}");
        }
        UUID key = issue(whose == Of.OWN ? partner : partner2).key().id();
        String path = operation.path().replace("{id}", key.toString());
        return operation.path().endsWith("/rotate") ? Example.json(path, "{}") : Example.of(path);
    }

    private IssuedKey issue(UUID owner) {
        return keys.issue(owner, ApiKeys.Wish.forEverything("example"), "test").block(BOUND);
    }
}
