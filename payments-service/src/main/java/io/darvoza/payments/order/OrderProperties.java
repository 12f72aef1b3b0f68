package io.darvoza.payments.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Payment orders.
 *
 * @param payerOrigin origin of the payer's page, when it is not the suite's public address
 * @param grace how long after its end an order still takes «Я оплатил»
 * @param lease how long a claim lasts without a heartbeat
 * @param sla how long an order may wait in the queue before a supervisor is told
 * @param lateWithin how long after its end an order's money may still be booked as late
 * @param toleranceBps how far the actual amount may be from the asked one without a second person, in basis points
 * @param sweepEvery how often ended orders, leases and waits are looked for
 * @param sweepBatch how many of each at once
 * @param feedEvery how often the feed is looked at; what happens on another instance is on screens that much later at most
 * @param gaugesEvery how often the orders of each status are counted for the metrics
 * @param replay how many events behind a stream may come back without a resync
 * @param payerStream how long a payer's stream stays open
 * @param retries how often a command decides anew when the order has moved on meanwhile
 */
@Validated
@ConfigurationProperties("darvoza.payments.orders")
record OrderProperties(
        @Nullable URI payerOrigin,

        @DefaultValue("60s") @DurationMin(seconds = 0) @DurationMax(minutes = 10)
        Duration grace,

        @DefaultValue("120s") @DurationMin(seconds = 1) @DurationMax(minutes = 30)
        Duration lease,

        @DefaultValue("20m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration sla,

        @DefaultValue("72h") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration lateWithin,

        @DefaultValue("0") @Min(0) @Max(10_000) int toleranceBps,

        @DefaultValue("1s") @DurationMin(millis = 50) @DurationMax(minutes = 1)
        Duration sweepEvery,

        @DefaultValue("200") @Min(1) @Max(10_000) int sweepBatch,

        @DefaultValue("100ms") @DurationMin(millis = 20) @DurationMax(seconds = 10)
        Duration feedEvery,

        @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration gaugesEvery,

        @DefaultValue("1000") @Min(0) @Max(100_000) int replay,

        @DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration payerStream,

        @DefaultValue("5") @Min(0) @Max(20) int retries) {}
