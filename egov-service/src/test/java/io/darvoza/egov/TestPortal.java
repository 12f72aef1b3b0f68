package io.darvoza.egov;

import io.darvoza.common.test.TestClock;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Sets the service up against one {@link Portal} of this test JVM. */
public final class TestPortal implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final Portal PORTAL = new Portal();

    /** The service's time, by which verdicts grow old; the limit goes by the database's. */
    public static final TestClock CLOCK = TestClock.atNow();

    /** As the environment of a real service would say it, with pauses that tests can wait for. */
    public static Map<String, String> properties(Portal portal) {
        Map<String, String> properties = new TreeMap<>(TestKeys.PROPERTIES);
        properties.putAll(Map.of(
                "EGOV_API_KEY",
                Portal.KEY,
                "EGOV_BASE_URL",
                portal.baseUrl(),
                "EGOV_IIN_DATASET",
                "persons/v1/iin",
                "EGOV_BIN_DATASET",
                "gbd_ul/v1/bin",
                "EGOV_PASSPORT_DATASET",
                "passports/v1/number",
                "darvoza.egov.settings.plain-hosts",
                "127.0.0.1",
                "darvoza.egov.settings.poll",
                "100ms",
                "darvoza.egov.open-data.first-pause",
                "10ms",
                "darvoza.egov.health.enabled",
                "false",
                "darvoza.egov.bulk.poll",
                "100ms"));
        return properties;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(properties(PORTAL)).applyTo(context);
        ((GenericApplicationContext) context).registerBean("clock", Clock.class, () -> CLOCK);
    }
}
