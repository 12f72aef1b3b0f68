package io.darvoza.gateway.hygiene;

import io.darvoza.common.problem.ProblemRenderer;
import jakarta.validation.constraints.NotNull;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.validation.annotation.Validated;

/**
 * Where browsers find the suite. Sessions and logins work there only.
 *
 * @param publicUrl scheme, host and port, without a path
 */
@Validated
@ConfigurationProperties("darvoza")
public record PublicAddress(@NotNull URI publicUrl) {

    /** The address as browsers name it in {@code Origin}. */
    public String origin() {
        String scheme = publicUrl.getScheme();
        int port = publicUrl.getPort();
        boolean usual = port < 0 || port == (isSecure() ? 443 : 80);
        return scheme + "://" + publicUrl.getHost() + (usual ? "" : ":" + port);
    }

    public boolean isSecure() {
        return "https".equals(publicUrl.getScheme());
    }

    /**
     * Where a person goes who asked for a page at {@code localhost} while the suite is at {@code 127.0.0.1}: to a browser
     * these are two sites, and a login begun on one would not be known on the other. Null for any other request.
     */
    @Nullable
    URI insteadOfLocalhost(ServerHttpRequest request) {
        InetSocketAddress host = request.getHeaders().getHost();
        if (host == null
                || !"localhost".equalsIgnoreCase(host.getHostString())
                || "localhost".equalsIgnoreCase(publicUrl.getHost())
                || !ProblemRenderer.isNavigation(request)) {
            return null;
        }
        URI asked = request.getURI();
        String query = asked.getRawQuery();
        return URI.create(origin() + asked.getRawPath() + (query == null ? "" : "?" + query));
    }
}
