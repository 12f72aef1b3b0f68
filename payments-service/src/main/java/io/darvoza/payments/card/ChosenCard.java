package io.darvoza.payments.card;

import io.darvoza.payments.vault.PanToken;
import java.util.UUID;

/**
 * The card of an order.
 *
 * @param explanation JSON: which cards were looked at, and why each was or was not in question; for the order's timeline
 */
public record ChosenCard(UUID id, PanToken pan, String mask, String holder, String bank, String explanation) {}
