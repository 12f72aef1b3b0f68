package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;

/** The service as callers with tokens see it. */
public final class Api {

    public static final String CLIENT = TestTokens.shared().user("bank_client", "bank_client");
    public static final String CLIENT2 = TestTokens.shared().user("bank_client2", "bank_client");
    public static final String WORKER = TestTokens.shared().user("abs_worker", "abs_worker");
    public static final String OPERATOR = TestTokens.shared().user("dbo_operator", "dbo_operator");
    public static final String ADMIN = TestTokens.shared().user("bank_admin", "bank_admin");
    public static final String MANAGER = TestTokens.shared().user("sm_manager", "sm_manager");
    public static final String AUDITOR = TestTokens.shared().user("auditor", "auditor");

    /** A JSON object. */
    public static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    private final WebTestClient http;

    public Api(int port) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(60))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
                .build();
    }

    public WebTestClient.ResponseSpec get(String token, String uri, Object... variables) {
        return http.get().uri(uri, variables).headers(bearer(token)).exchange();
    }

    public WebTestClient.RequestHeadersSpec<?> getting(String token, String uri) {
        return http.get().uri(uri).headers(bearer(token));
    }

    public WebTestClient.ResponseSpec upload(String token, String metadata, String name, byte[] content) {
        return upload(token, null, metadata, name, content);
    }

    public WebTestClient.ResponseSpec upload(String token, String key, String metadata, String name, byte[] content) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        body.part("metadata", metadata, MediaType.APPLICATION_JSON);
        body.part("file", file(name, content));
        return post(token, key, body.build());
    }

    public WebTestClient.ResponseSpec post(String token, String key, MultiValueMap<String, HttpEntity<?>> parts) {
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

    public WebTestClient.ResponseSpec postJson(String token, String json) {
        return http.post()
                .uri("/v1/dbo/documents")
                .headers(bearer(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    /** A request with a JSON body, and headers as pairs of name and value. */
    public WebTestClient.ResponseSpec json(
            String token, HttpMethod method, String uri, String json, String... headers) {
        return http.method(method)
                .uri(uri)
                .headers(bearer(token))
                .headers(more -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        more.set(headers[i], headers[i + 1]);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    /** An employee's decision. */
    public WebTestClient.ResponseSpec decide(String token, String id, String status, String... headers) {
        return json(
                token,
                HttpMethod.PUT,
                "/v1/abs/documents/" + id + "/status",
                "{\"status\": \"" + status + "\"}",
                headers);
    }

    /** A new document of a client, which must succeed; tells its number. */
    public String document(String token) {
        return added(
                        token,
                        "{\"description\": \"Документ\", \"callcopy_id\": 3, \"allow_duplicate\": true}",
                        FileFixtures.pdf())
                .get("document_id")
                .toString();
    }

    public WebTestClient.ResponseSpec delete(String token, String uri) {
        return http.delete().uri(uri).headers(bearer(token)).exchange();
    }

    /** A new content of a document. */
    public WebTestClient.ResponseSpec version(String token, String id, byte[] content, String... headers) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        body.part("file", file("scan.pdf", content));
        return http.post()
                .uri("/v1/dbo/documents/" + id + "/versions")
                .headers(bearer(token))
                .headers(more -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        more.set(headers[i], headers[i + 1]);
                    }
                })
                .bodyValue(body.build())
                .exchange();
    }

    /** A batch: what is said of the documents, and their files by name. */
    public WebTestClient.ResponseSpec batch(String token, String key, String documents, Map<String, byte[]> files) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        body.part("documents", documents, MediaType.APPLICATION_JSON);
        files.forEach((name, content) -> body.part("files", file(name, content)));
        return http.post()
                .uri("/v1/abs/documents/batch")
                .headers(bearer(token))
                .headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .bodyValue(body.build())
                .exchange();
    }

    /** The form of the page, as a browser without JavaScript sends it. */
    public WebTestClient.ResponseSpec postForm(String token, MultiValueMap<String, HttpEntity<?>> parts) {
        return http.post()
                .uri("/documents")
                .headers(bearer(token))
                .header(HttpHeaders.ACCEPT_LANGUAGE, "ru")
                .accept(MediaType.TEXT_HTML)
                .bodyValue(parts)
                .exchange();
    }

    /** A new document, which must succeed. */
    public Map<String, Object> added(String token, String metadata, byte[] content) {
        return upload(token, metadata, "scan.pdf", content)
                .expectStatus()
                .isCreated()
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody();
    }

    public static ByteArrayResource file(String name, byte[] content) {
        return new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }

    public static Consumer<HttpHeaders> bearer(String token) {
        return headers -> {
            if (token != null) {
                headers.setBearerAuth(token);
            }
        };
    }
}
