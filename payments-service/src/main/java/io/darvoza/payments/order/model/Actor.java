package io.darvoza.payments.order.model;

import java.util.Set;

/**
 * Who gives a command.
 *
 * @param id such as {@code user:<subject>}, {@code client:<client id>}, {@code payer} or {@code system:expiry}
 * @param name for other people's eyes
 */
public record Actor(String id, String name, Set<Role> roles) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    boolean is(Role... anyOf) {
        for (Role role : anyOf) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }
}
