package io.darvoza.payments.vault;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The vault of card numbers.
 *
 * @param keep how long a payer's card number is kept after the end of its order
 * @param purgeEvery pause between two rounds that delete numbers whose time has come
 */
@Validated
@ConfigurationProperties("darvoza.payments.vault")
record VaultProperties(
        @DefaultValue("30d") @DurationMin @DurationMax(days = 3650)
        Duration keep,

        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration purgeEvery) {}
