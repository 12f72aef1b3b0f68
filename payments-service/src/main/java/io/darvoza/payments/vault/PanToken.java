package io.darvoza.payments.vault;

import java.util.UUID;

/** Stands for a card number wherever the number itself is not needed. Tells nothing of it. */
public record PanToken(UUID id) {}
