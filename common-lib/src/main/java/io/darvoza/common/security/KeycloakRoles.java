package io.darvoza.common.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Reads Keycloak's realm roles ({@code realm_access.roles}) as authorities of the same names, without prefix. Roles of
 * clients and scopes open nothing.
 */
public final class KeycloakRoles implements Converter<Jwt, JwtAuthenticationToken> {

    @Override
    public JwtAuthenticationToken convert(Jwt token) {
        Collection<GrantedAuthority> authorities = new LinkedHashSet<>();
        of(token).forEach(role -> authorities.add(new SimpleGrantedAuthority(role)));
        return new JwtAuthenticationToken(token, authorities);
    }

    /** The realm roles of a verified token; none when the claim is absent or of another shape. */
    static Set<String> of(Jwt token) {
        Set<String> roles = new LinkedHashSet<>();
        if (token.getClaims().get("realm_access") instanceof Map<?, ?> access
                && access.get("roles") instanceof Collection<?> names) {
            for (Object name : names) {
                if (name instanceof String role && !role.isBlank()) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }
}
