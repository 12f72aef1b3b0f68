package io.darvoza.payments.order;

import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Role;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who acts on an order, from who calls. */
final class Actors {

    static final Actor PAYER = new Actor("payer", "payer", Set.of(Role.PAYER));
    static final Actor CLOCK = new Actor("system:clock", "system", Set.of(Role.SYSTEM));
    static final Actor DOCUMENTS = new Actor("system:documents", "system", Set.of(Role.SYSTEM));

    private static final Map<String, Role> ROLES = Map.of(
            "payments_operator", Role.OPERATOR,
            "payments_supervisor", Role.SUPERVISOR,
            "payments_compliance", Role.COMPLIANCE,
            "payments_admin", Role.ADMIN,
            "auditor", Role.AUDITOR);

    private Actors() {}

    /** A person of the payment desk. */
    static Actor staff(Caller caller) {
        Set<Role> roles = caller.roles().stream()
                .map(ROLES::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        return new Actor(caller.principalKey(), nameOf(caller), roles);
    }

    static Actor partner(Caller caller) {
        return new Actor(caller.principalKey(), caller.clientId(), Set.of(Role.PARTNER));
    }

    private static String nameOf(Caller caller) {
        String name = Stream.of(caller.givenName(), caller.familyName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return name.isBlank() ? String.valueOf(caller.username()) : name;
    }
}
