package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTests {

    @Test
    void isAPersonByTheSubject() {
        Caller caller = Caller.of(token("mobile", "bank_client"));
        assertThat(caller.isProgram()).isFalse();
        assertThat(caller.principalKey()).isEqualTo("user:subject");
    }

    @Test
    void isAProgramByTheClient() {
        Caller caller = Caller.of(token("partner", "service-account-partner"));
        assertThat(caller.isProgram()).isTrue();
        assertThat(caller.principalKey()).isEqualTo("client:partner");
    }

    @Test
    void isNoProgramByANameThatAnybodyMayTake() {
        assertThat(Caller.of(token("mobile", "service-account-partner")).isProgram())
                .isFalse();
    }

    @Test
    void holdsRealmRolesAndNoOthers() {
        Caller caller = Caller.of(token("mobile", "bank_client"));
        assertThat(caller.roles()).containsExactlyInAnyOrder("bank_client", "auditor");
        assertThat(caller.has("auditor")).isTrue();
        assertThat(caller.hasAny("abs_worker", "auditor")).isTrue();
        assertThat(caller.hasAny("abs_worker", "manage-account")).isFalse();
    }

    @Test
    void holdsNoRolesWhenTheClaimIsOfAnotherShape() {
        for (Object claim : List.of("bank_admin", Map.of("roles", "bank_admin"), Map.of("roles", List.of(1, " ")))) {
            assertThat(KeycloakRoles.of(Jwt.withTokenValue("t")
                            .header("alg", "PS256")
                            .claim("realm_access", claim)
                            .build()))
                    .isEmpty();
        }
    }

    @Test
    void isNobodyWithoutAToken() {
        assertThat(Caller.of(new TestingAuthenticationToken("somebody", "secret")))
                .isNull();
    }

    private static Jwt token(String client, String username) {
        return Jwt.withTokenValue("t")
                .header("alg", "PS256")
                .subject("subject")
                .expiresAt(Instant.parse("2026-11-20T00:05:00Z"))
                .claim("azp", client)
                .claim("preferred_username", username)
                .claim("realm_access", Map.of("roles", List.of("bank_client", "auditor")))
                .claim("resource_access", Map.of("account", Map.of("roles", List.of("manage-account"))))
                .build();
    }
}
