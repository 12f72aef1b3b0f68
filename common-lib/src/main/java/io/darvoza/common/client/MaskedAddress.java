package io.darvoza.common.client;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/** An address as it may stand in a log: host and path template. Queries and path variables may be personal. */
final class MaskedAddress {

    /** Where {@link WebClient} keeps the template that an address was expanded from. */
    private static final String TEMPLATE = WebClient.class.getName() + ".uriTemplate";

    private MaskedAddress() {}

    /** Without a template nobody knows which parts are personal, so that the host alone is left. */
    static String of(ClientRequest request) {
        // Not getAuthority, which would bring a password along.
        String origin = request.url().getHost()
                + (request.url().getPort() < 0 ? "" : ":" + request.url().getPort());
        return request.attribute(TEMPLATE)
                .map(template -> pathOf(template.toString()))
                .map(path -> origin + path)
                .orElse(origin);
    }

    private static String pathOf(String template) {
        String withoutQuery = template.split("[?#]", 2)[0];
        int authority = withoutQuery.indexOf("://");
        int path = withoutQuery.indexOf('/', authority < 0 ? 0 : authority + 3);
        return path < 0 ? "" : withoutQuery.substring(path);
    }
}
