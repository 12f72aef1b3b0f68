package io.darvoza.payments;

import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.service.StartedService;
import java.util.Map;
import java.util.TreeMap;

/** An instance of the service. */
public final class PaymentsInstance extends StartedService {

    /** An instance with a database of its own. */
    public PaymentsInstance() {
        super(PaymentsApplication.class, Infrastructure.current().postgres());
    }

    /** Another instance on the same data, which must end first. */
    public PaymentsInstance(PaymentsInstance other) {
        super(other);
    }

    @Override
    protected Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(TestKeys.PROPERTIES);
        properties.put("spring.profiles.active", "local");
        return properties;
    }
}
