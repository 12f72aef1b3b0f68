package io.darvoza.bankingdocs.document;

import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;

/** The service as callers with tokens see it. */
final class Api {

    static final String CLIENT = TestTokens.shared().user("bank_client", "bank_client");
    static final String CLIENT2 = TestTokens.shared().user("bank_client2", "bank_client");
    static final String WORKER = TestTokens.shared().user("abs_worker", "abs_worker");
    static final String OPERATOR = TestTokens.shared().user("dbo_operator", "dbo_operator");
    static final String MANAGER = TestTokens.shared().user("sm_manager", "sm_manager");
    static final String AUDITOR = TestTokens.shared().user("auditor", "auditor");

    /** A JSON object. */
    static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    private final WebTestClient http;

    Api(int port) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(60))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
                .build();
    }

    WebTestClient.ResponseSpec get(String token, String uri, Object... variables) {
        return http.get().uri(uri, variables).headers(bearer(token)).exchange();
    }

    WebTestClient.RequestHeadersSpec<?> getting(String token, String uri) {
        return http.get().uri(uri).headers(bearer(token));
    }

    WebTestClient.ResponseSpec upload(String token, String metadata, String name, byte[] content) {
        return upload(token, null, metadata, name, content);
    }

    WebTestClient.ResponseSpec upload(String token, String key, String metadata, String name, byte[] content) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        body.part("metadata", metadata, MediaType.APPLICATION_JSON);
        body.part("file", file(name, content));
        return post(token, key, body.build());
    }

    WebTestClient.ResponseSpec post(String token, String key, MultiValueMap<String, HttpEntity<?>> parts) {
        return http.post()
                .uri("/v1/dbo/documents")
                .headers(bearer(token))
                .headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .bodyValue(parts)
                .exchange();
    }

    WebTestClient.ResponseSpec postJson(String token, String json) {
        return http.post()
                .uri("/v1/dbo/documents")
                .headers(bearer(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    /** The form of the page, as a browser without JavaScript sends it. */
    WebTestClient.ResponseSpec postForm(String token, MultiValueMap<String, HttpEntity<?>> parts) {
        return http.post()
                .uri("/documents")
                .headers(bearer(token))
                .header(HttpHeaders.ACCEPT_LANGUAGE, "ru")
                .accept(MediaType.TEXT_HTML)
                .bodyValue(parts)
                .exchange();
    }

    /** A new document, which must succeed. */
    Map<String, Object> added(String token, String metadata, byte[] content) {
        return upload(token, metadata, "scan.pdf", content)
                .expectStatus()
                .isCreated()
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody();
    }

    static ByteArrayResource file(String name, byte[] content) {
        return new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }

    static Consumer<HttpHeaders> bearer(String token) {
        return headers -> {
            if (token != null) {
                headers.setBearerAuth(token);
            }
        };
    }
}
