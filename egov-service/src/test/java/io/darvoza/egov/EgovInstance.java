package io.darvoza.egov;

import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.PostgresAccess;
import io.darvoza.common.test.service.StartedService;
import java.util.Map;
import java.util.TreeMap;

/** An instance of the service that asks one portal. */
public final class EgovInstance extends StartedService {

    private final Portal portal;

    /** An instance with a database of its own. */
    public EgovInstance(Portal portal) {
        this(portal, Infrastructure.current().postgres());
    }

    /** The same on a server of the test's own. */
    public EgovInstance(Portal portal, PostgresAccess server) {
        super(EgovApplication.class, server);
        this.portal = portal;
    }

    /** Another instance on the same data, which must end first. */
    public EgovInstance(EgovInstance other) {
        super(other);
        portal = other.portal;
    }

    @Override
    protected Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(TestPortal.properties(portal));
        // Two of one JVM may not write the same file.
        properties.put("darvoza.egov.log.file", "target/egov_integration-" + port() + ".log");
        return properties;
    }
}
