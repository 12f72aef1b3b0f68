package io.darvoza.common.cursor;

import java.util.Base64;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Cursors, when the service has the key that they are signed under: {@code darvoza.encryption.index-key}. */
@AutoConfiguration
@ConditionalOnProperty(CursorAutoConfiguration.INDEX_KEY)
public final class CursorAutoConfiguration {

    static final String INDEX_KEY = "darvoza.encryption.index-key";

    @Bean
    @ConditionalOnMissingBean
    KeysetCursors keysetCursors(Environment environment) {
        return new KeysetCursors(Base64.getDecoder().decode(environment.getRequiredProperty(INDEX_KEY)));
    }
}
