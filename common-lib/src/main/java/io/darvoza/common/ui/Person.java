package io.darvoza.common.ui;

import io.darvoza.common.security.Caller;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, as the header shows it.
 *
 * @param name given and family name, else the login name
 * @param roles realm roles; they open the areas of the navigation
 */
public record Person(String name, Set<String> roles) {

    public Person {
        roles = Set.copyOf(roles);
    }

    /** The person of a verified token. */
    public static Person of(Caller caller) {
        String otherwise = caller.username() == null ? caller.subject() : caller.username();
        return new Person(name(caller.givenName(), caller.familyName(), otherwise), caller.roles());
    }

    /** Given and family name as far as they are known, else the third. */
    public static String name(@Nullable String given, @Nullable String family, String otherwise) {
        String full = Stream.of(given == null ? "" : given, family == null ? "" : family)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        return full.isEmpty() ? otherwise : full;
    }
}
