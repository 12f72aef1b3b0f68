package io.darvoza.gateway.events;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose events a caller may see: a person's own, a program's own, and those of the partner that either belongs to. Names of
 * owners ({@code user:<id>}) are made here only, from a verified token or from an event's headers.
 */
final class Owners {

    private static final String PARTNER_ROLE = "partner";

    private Owners() {}

    /** The caller's owners, always in the same order. */
    static List<String> of(Caller caller, @Nullable String partnerClaim) {
        List<String> owners = new ArrayList<>();
        owners.add(caller.principalKey());
        if (caller.has(PARTNER_ROLE)) {
            String partner = partnerClaim != null ? partnerClaim : caller.isProgram() ? caller.clientId() : null;
            if (partner != null) {
                owners.add(nameOf(EventOwner.partner(partner)));
            }
        }
        return owners;
    }

    static String nameOf(EventOwner owner) {
        return owner.kind() + ":" + owner.id();
    }
}
