package io.darvoza.payments.signature;

/** A new key with its secret, which nobody is shown again. */
public record IssuedKey(ApiKey key, KeySecret secret) {}
