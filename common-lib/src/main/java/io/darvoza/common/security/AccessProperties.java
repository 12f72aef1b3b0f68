package io.darvoza.common.security;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Access to what has no controller of ours: files and handlers of libraries.
 *
 * @param open path patterns that anyone may read (GET and HEAD); an operation of our own keeps its own rule all the same. The
 *     OpenAPI document is among them, since the gateway fetches it inside and it holds nothing secret
 */
@Validated
@ConfigurationProperties("darvoza.access")
public record AccessProperties(
        @DefaultValue({"/assets/**", "/v3/api-docs/**", "/v3/api-docs.yaml"}) @NotNull
        List<String> open) {

    public AccessProperties {
        open = List.copyOf(open);
        if (open.stream().anyMatch(pattern -> pattern.equals("/**") || pattern.equals("**"))) {
            throw new IllegalArgumentException("darvoza.access.open must not open everything");
        }
    }
}
