package io.darvoza.common.test.security;

import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Points {@code darvoza.identity} at the test's issuer. A record, so that contexts with it are shared. */
record TestIdentityCustomizer() implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        TestPropertyValues.of(properties()).applyTo(context);
    }

    static String[] properties() {
        return new String[] {
            "darvoza.identity.issuer=" + TestTokens.ISSUER,
            "darvoza.identity.audience=" + TestTokens.AUDIENCE,
            "darvoza.identity.jwks-uri=" + TestTokens.shared().jwks().uri()
        };
    }

    static final class Factory implements ContextCustomizerFactory {
        @Override
        public ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            return new TestIdentityCustomizer();
        }
    }
}
