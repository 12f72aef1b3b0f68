package io.darvoza.payments;

import io.darvoza.common.crypto.Keysets;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys for encrypted fields, of this test JVM alone. */
public final class TestKeys implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final Map<String, String> PROPERTIES = Map.of(
            "darvoza.encryption.keyset",
            Keysets.generate(),
            "darvoza.encryption.index-key",
            Base64.getEncoder().encodeToString(new byte[32]));

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(PROPERTIES).applyTo(context);
    }
}
