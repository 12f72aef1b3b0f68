package io.darvoza.common.id;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Secure random numbers for code on an event loop. */
public final class FastRandom {

    private FastRandom() {}

    /** A source that, once seeded, computes: the platform's default reads a file each time. */
    public static SecureRandom create() {
        try {
            var drbg = SecureRandom.getInstance("DRBG");
            drbg.nextLong();
            return drbg;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no DRBG", e);
        }
    }
}
