package io.darvoza.payments.webhook.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a delivery is tried again.
 *
 * @param pauses before the second, third … try; after the last of them nothing follows
 * @param jitter how much a pause may differ, as a part of it: receivers that come back are not hit by everything at once
 * @param wrongPause the least pause after an answer that only people can mend
 * @param longest the longest pause that a receiver may ask for
 */
public record RetrySchedule(List<Duration> pauses, double jitter, Duration wrongPause, Duration longest) {

    public RetrySchedule {
        pauses = List.copyOf(pauses);
        if (jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException("jitter is a part of a pause");
        }
    }

    /**
     * The pause after a failed try; empty when it was the last one.
     *
     * @param tries how many there were, at least one
     * @param chance between 0 and 1
     */
    public Optional<Duration> pauseAfter(int tries, Attempt failed, double chance) {
        if (tries > pauses.size()) {
            return Optional.empty();
        }
        Duration pause = spread(pauses.get(tries - 1), chance);
        if (failed.meaning() == Attempt.Meaning.WRONG) {
            pause = longer(pause, spread(wrongPause, chance));
        }
        Duration asked = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
        return Optional.of(longer(pause, asked.compareTo(longest) > 0 ? longest : asked));
    }

    private Duration spread(Duration pause, double chance) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - jitter + 2 * jitter * chance)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
