package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.process.Child;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A fresh gateway as the suite runs it, on free ports, with what it needs: its real database, Redis and Kafka; an upstream
 * that stands for a service; keys of an issuer of its own. The registry and Keycloak are not needed.
 */
record BenchSite(BenchService service, Closing closing) implements AutoCloseable {

    /** Of banking-docs-service, so it passes the whole chain of filters. */
    static final String PATH = "/v1/dbo/users/me";

    /** Returns when the gateway is ready and not one request has passed it. The issuer is {@link #issuer}. */
    static BenchSite start(Programs programs, Path folder, URI upstream, URI jwks, List<String> command) {
        var closing = new Closing();
        try {
            var backends = closing.add(BenchBackends.start(programs, folder, List.of("gateway"), List.of()));
            var properties = backends.properties("gateway");
            properties.put("darvoza.identity.issuer", issuer());
            properties.put("darvoza.identity.jwks-uri", jwks);
            properties.put("spring.cloud.discovery.client.simple.instances.banking-docs-service[0].uri", upstream);
            properties.putAll(BenchService.wideLimits());
            return new BenchSite(closing.add(BenchService.start("gateway", command, properties, folder)), closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    static URI issuer() {
        return URI.create("http://127.0.0.1/bench");
    }

    URI address() {
        return service.address(PATH);
    }

    Child gateway() {
        return service.process();
    }

    @Override
    public void close() {
        closing.close();
    }
}
