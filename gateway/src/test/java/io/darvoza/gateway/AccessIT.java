package io.darvoza.gateway;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import io.darvoza.common.test.security.ServiceAccess;
import io.darvoza.gateway.session.SessionExamples;
import io.darvoza.gateway.versions.VersionTable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Who may call the gateway's own operations. */
@RealInfrastructure({Server.POSTGRES, Server.REDIS})
@TestPropertySource(
        properties = {
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "darvoza.identity.client-secret=synthetic",
            "darvoza.identity.token-uri=http://127.0.0.1:1/auth/realms/darvoza/protocol/openid-connect/token",
            "darvoza.gateway.events.streams-per-principal=1000",
            "darvoza.gateway.limits.principal.rate=100000",
            "darvoza.gateway.limits.principal.burst=100000",
            "darvoza.gateway.limits.address.rate=100000",
            "darvoza.gateway.limits.address.burst=100000",
            "darvoza.gateway.limits.refused.rate=100000",
            "darvoza.gateway.limits.refused.burst=100000"
        })
class AccessIT extends ServiceAccess {

    @Autowired
    private ApplicationContext gateway;

    @BeforeEach
    void awaitDatabase() throws InterruptedException {
        VersionTable.await(gateway);
    }

    @Override
    protected Examples examples() {
        var sessions = new SessionExamples(gateway);
        return (operation, _, _) -> switch (operation.path()) {
            case "/v1/sessions/{id}" -> Example.of("/v1/sessions/" + sessions.signedIn("somebody"));
            case "/v1/token", "/token" ->
                new Example(
                        operation.path(),
                        "application/x-www-form-urlencoded",
                        "grant_type=".getBytes(StandardCharsets.UTF_8));
            case "/docs/problems/{code}" -> Example.of("/docs/problems/not_found");
            case "/docs/openapi/{service}" -> Example.of("/docs/openapi/gateway");
            default -> Example.of(operation.path());
        };
    }
}
