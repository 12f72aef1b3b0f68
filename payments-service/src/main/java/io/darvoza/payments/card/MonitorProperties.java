package io.darvoza.payments.card;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The card monitor. It stops cards and opens cases; it never shapes traffic to stay below an indicator.
 *
 * @param every pause between two rounds
 * @param countersEvery pause between two comparisons of counters with reservations
 * @param warnDays how many days before the last day of a card it warns
 * @param breakerFailures failed or rejected orders that pause a card
 * @param breakerWindow within which they count
 * @param indicators from when transfers on a person's card are a matter of compliance (methodical recommendations 16-МР of the
 *     Bank of Russia, 06.09.2021)
 */
@Validated
@ConfigurationProperties("darvoza.payments.monitor")
record MonitorProperties(
        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration every,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration countersEvery,

        @DefaultValue({"30", "7", "1"}) List<Integer> warnDays,

        @DefaultValue("3") @Min(1) @Max(1000) int breakerFailures,

        @DefaultValue("60m") @DurationMin(minutes = 1) @DurationMax(days = 1)
        Duration breakerWindow,

        @DefaultValue Indicators indicators) {

    /**
     * What is normal between persons, in a civil day or month of the card's zone; more opens a case.
     *
     * @param counterpartiesPerDay different payers
     * @param counterpartiesPerMonth different payers
     * @param operationsPerDay approved orders, both ways
     * @param rublesPerDay whole roubles, both ways; cards in other currencies have no such bound
     * @param rublesPerMonth whole roubles, both ways
     */
    record Indicators(
            @DefaultValue("10") @Min(1) int counterpartiesPerDay,
            @DefaultValue("50") @Min(1) int counterpartiesPerMonth,
            @DefaultValue("30") @Min(1) int operationsPerDay,
            @DefaultValue("100000") @Min(1) long rublesPerDay,
            @DefaultValue("1000000") @Min(1) long rublesPerMonth) {}
}
