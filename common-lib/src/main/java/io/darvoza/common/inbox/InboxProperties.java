package io.darvoza.common.inbox;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The inbox.
 *
 * @param keep how long a consumer remembers what it has seen; longer than Kafka keeps records
 */
@Validated
@ConfigurationProperties("darvoza.inbox")
public record InboxProperties(
        @DefaultValue("30d") @DurationMin(minutes = 1) @DurationMax(days = 365)
        Duration keep) {}
