package io.darvoza.payments.local;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Data of a local run; without effect in any other profile.
 *
 * @param secrets secrets of the demo partners' first keys by client id, 32 bytes in hex; a partner without one gets no key
 */
@Validated
@ConfigurationProperties("darvoza.payments.local")
record LocalProperties(@DefaultValue Map<String, String> secrets) {

    @Override
    public String toString() {
        return "LocalProperties" + secrets.keySet();
    }
}
