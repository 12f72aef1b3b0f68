package io.darvoza.common.crypto;

import com.google.crypto.tink.Aead;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Ciphers of a service that is given keys; replaced by beans of the same types. */
@AutoConfiguration
@ConditionalOnClass(Aead.class)
@Conditional(EncryptionAutoConfiguration.KeysetGiven.class)
@EnableConfigurationProperties(EncryptionProperties.class)
public final class EncryptionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FieldCipher fieldCipher(EncryptionProperties properties) {
        return new FieldCipher(Keysets.aead(Keysets.of(properties)));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("darvoza.encryption.index-key")
    BlindIndex blindIndex(EncryptionProperties properties) {
        return new BlindIndex(Objects.requireNonNull(properties.indexKey()));
    }

    static final class KeysetGiven extends AnyNestedCondition {

        KeysetGiven() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("darvoza.encryption.keyset")
        static final class Inline {}

        @ConditionalOnProperty("darvoza.encryption.keyset-file")
        static final class InFile {}
    }
}
