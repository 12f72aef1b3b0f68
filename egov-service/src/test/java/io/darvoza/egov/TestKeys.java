package io.darvoza.egov;

import io.darvoza.common.crypto.Keysets;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys for encrypted fields, of this test JVM alone; and a log file that is nobody's. */
public final class TestKeys implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final Map<String, String> PROPERTIES = Map.of(
            "darvoza.encryption.keyset",
            Keysets.generate(),
            "darvoza.encryption.index-key",
            Base64.getEncoder().encodeToString(new byte[32]),
            "darvoza.egov.log.file",
            "target/egov_integration-test.log",
            // Whatever a test sets, nobody outside is asked.
            "EGOV_BASE_URL",
            "https://127.0.0.1:1/api/v4",
            "EGOV_BIN_DATASET",
            "none");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(PROPERTIES).applyTo(context);
    }
}
