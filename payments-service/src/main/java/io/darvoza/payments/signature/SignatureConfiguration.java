package io.darvoza.payments.signature;

import io.darvoza.common.database.RetentionRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets nonces go that no timestamp can bring back. */
@Configuration(proxyBeanMethods = false)
class SignatureConfiguration {

    @Bean
    RetentionRule oldNonces(SignatureProperties properties) {
        return new RetentionRule("request_nonce", "seen_at", properties.nonceMemory());
    }
}
