package io.darvoza.payments.card.model;

import org.jspecify.annotations.Nullable;

/** What a card may move in one direction, in minor units and orders; null is no bound. */
public record Caps(
        @Nullable Long hourMinor,
        @Nullable Long dayMinor,
        @Nullable Long monthMinor,
        @Nullable Integer dayCount,
        @Nullable Integer maxOpen) {

    public static final Caps NONE = new Caps(null, null, null, null, null);
}
