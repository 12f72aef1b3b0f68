package io.darvoza.egov.setting;

import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How settings come into force.
 *
 * @param poll how often each instance looks whether they have changed
 * @param plainHosts hosts that {@code EGOV_BASE_URL} may name with plain http; the sandbox's in a local run, empty everywhere else
 */
@Validated
@ConfigurationProperties("darvoza.egov.settings")
record SettingProperties(
        @DefaultValue("1s") @DurationMin(millis = 50) @DurationMax(seconds = 10)
        Duration poll,

        @DefaultValue Set<String> plainHosts) {}
