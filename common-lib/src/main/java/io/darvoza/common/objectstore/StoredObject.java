package io.darvoza.common.objectstore;

import java.time.Instant;

/** What a store knows of an object: key, size in bytes, and when it was put there by the store's clock. */
public record StoredObject(String key, long size, Instant storedAt) {}
