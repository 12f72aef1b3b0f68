package io.darvoza.egov.embed;

import io.darvoza.common.database.RetentionRule;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long the rows of tokens that have ended stay; so long the pages of their origins may read why they are refused. */
@Configuration(proxyBeanMethods = false)
class EmbedRetention {

    private static final Duration KEPT = Duration.ofDays(1);

    @Bean
    RetentionRule endedEmbedTokens() {
        return new RetentionRule("embed_token", "expires_at", KEPT);
    }
}
