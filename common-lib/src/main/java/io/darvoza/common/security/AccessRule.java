package io.darvoza.common.security;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Who may call an operation. */
public sealed interface AccessRule {

    /** Whether the caller may; null is a caller without a token. */
    boolean allows(@Nullable Caller caller);

    /** Every caller, with or without a token. */
    record Anyone() implements AccessRule {
        @Override
        public boolean allows(@Nullable Caller caller) {
            return true;
        }
    }

    /** Every caller with a valid token. */
    record SignedIn() implements AccessRule {
        @Override
        public boolean allows(@Nullable Caller caller) {
            return caller != null;
        }
    }

    /** Callers who hold at least one of the realm roles. */
    record Roles(Set<String> anyOf) implements AccessRule {
        public Roles {
            anyOf = Set.copyOf(anyOf);
            if (anyOf.isEmpty() || anyOf.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("@AllowedTo names no role; nobody could call");
            }
        }

        @Override
        public boolean allows(@Nullable Caller caller) {
            return caller != null && anyOf.stream().anyMatch(caller::has);
        }
    }

    /** The rule at the handler's method, else at its controller; null when there is none. */
    static @Nullable AccessRule of(HandlerMethod handler) {
        AccessRule ofMethod = of(handler.getMethod());
        return ofMethod != null ? ofMethod : of(handler.getBeanType());
    }

    private static @Nullable AccessRule of(AnnotatedElement element) {
        List<AccessRule> rules = new ArrayList<>();
        AllowedTo roles = AnnotatedElementUtils.findMergedAnnotation(element, AllowedTo.class);
        if (roles != null) {
            rules.add(new Roles(Set.of(roles.value())));
        }
        if (AnnotatedElementUtils.hasAnnotation(element, AllowedToSignedIn.class)) {
            rules.add(new SignedIn());
        }
        if (AnnotatedElementUtils.hasAnnotation(element, AllowedToAnyone.class)) {
            rules.add(new Anyone());
        }
        if (rules.size() > 1) {
            throw new IllegalStateException(element + " has more than one access rule: " + rules);
        }
        return rules.isEmpty() ? null : rules.getFirst();
    }
}
