package io.darvoza.gateway.session;

import io.darvoza.common.security.AllowedToSignedIn;
import io.darvoza.common.security.Caller;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller who the suite takes him for. */
@RestController
final class MeController {

    /**
     * @param sub Keycloak's id of the user, or of the program's service account
     * @param name given and family name; absent for programs
     * @param roles realm roles, sorted
     * @param kind {@code user} or {@code client}
     */
    record MeResponse(
            String sub, @Nullable String username, @Nullable String name, List<String> roles, String kind) {

        static MeResponse from(Caller caller) {
            String name = Stream.of(caller.givenName(), caller.familyName())
                    .filter(part -> part != null && !part.isBlank())
                    .collect(Collectors.joining(" "));
            return new MeResponse(
                    caller.subject(),
                    caller.username(),
                    name.isEmpty() ? null : name,
                    caller.roles().stream().sorted().toList(),
                    caller.isProgram() ? "client" : "user");
        }
    }

    @AllowedToSignedIn
    @GetMapping("/v1/me")
    MeResponse me(Caller caller) {
        return MeResponse.from(caller);
    }
}
