package io.darvoza.local.state;

import java.util.List;

/** The keys that the sandbox's portal takes. */
public final class OpenDataKey {

    /** Names of their secrets: the one in use at first, and the one that a rotation brings. */
    public static final List<String> NAMES = List.of("open-data.key", "open-data.next-key");

    private OpenDataKey() {}
}
