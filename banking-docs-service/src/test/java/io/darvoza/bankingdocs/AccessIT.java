package io.darvoza.bankingdocs;

import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.common.test.security.ServiceAccess;
import io.darvoza.common.test.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

/** In the data of the local run {@code bank_client} is user 123 and owns document 789; {@code bank_client2} is user 124. */
@RealService
class AccessIT extends ServiceAccess {

    private String documentOfBankClient2;
    private String contractOfBankClient2;

    @BeforeEach
    void addDocumentOfBankClient2() {
        MultipartBodyBuilder upload = new MultipartBodyBuilder();
        upload.part(
                "metadata",
                "{\"description\":\"Foreign\",\"callcopy_id\":3,\"allow_duplicate\":true}",
                MediaType.APPLICATION_JSON);
        upload.part("file", new ByteArrayResource(FileFixtures.pdf())).filename("foreign.pdf");
        http().post()
                .uri("/v1/dbo/documents")
                .headers(headers -> headers.setBearerAuth(TestTokens.shared().user("bank_client2", "bank_client")))
                .bodyValue(upload.build())
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .value(
                        "Location",
                        location -> documentOfBankClient2 = location.substring(location.lastIndexOf('/') + 1));
    }

    @BeforeEach
    void addContractOfBankClient2() {
        contractOfBankClient2 = http().post()
                .uri("/v1/sm/contracts")
                .headers(headers -> headers.setBearerAuth(TestTokens.shared().user("sm_manager", "sm_manager")))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"user_id\": 124, \"description\": \"Foreign\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Location");
    }

    private String openLink() {
        return http().post()
                .uri("/v1/abs/documents/789/content-links")
                .headers(headers -> headers.setBearerAuth(TestTokens.shared().user("bank_client", "bank_client")))
                .exchange()
                .expectStatus()
                .isCreated()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Location");
    }

    private WebTestClient http() {
        return WebTestClient.bindToServer().baseUrl(server().toString()).build();
    }

    private static Example form(String path, String fields) {
        return new Example(path, "application/x-www-form-urlencoded", fields.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Examples examples() {
        return this::example;
    }

    private static Example contract(Operation operation, String contract) {
        String path =
                operation.path().replace("/v1/sm/contracts/{id}", contract).replace("{partner}", "partner");
        return switch (operation.method() + " " + path.substring(contract.length())) {
            case "PUT /status" -> Example.json(path, "{}");
            case "POST /link" -> Example.json(path, "{\"document_id\": 789}");
            case "PUT /link" -> Example.json(path, "{\"document_id\": 789, \"operation_status_id\": 9}");
            default -> Example.of(path);
        };
    }

    /** Everything is of {@code bank_client} or, foreign, of {@code bank_client2}; to employees it makes no difference. */
    private Example example(Operation operation, String subject, Of whose) {
        boolean own = whose == Of.OWN;
        int client = own ? 123 : 124;
        String document = own ? "789" : documentOfBankClient2;
        String contract = own ? "/v1/sm/contracts/101" : contractOfBankClient2;
        if (operation.path().startsWith("/v1/sm/contracts/{id}")) {
            return contract(operation, contract);
        }
        if (operation.path().startsWith("/documents/contracts")) {
            String path =
                    operation.path().replace("/documents/contracts/{id}", contract.replace("/v1/sm", "/documents"));
            return operation.method().equals("GET") ? Example.of(path) : form(path, "command=link&document_id=x");
        }
        return switch (operation.toString()) {
            case "POST /v1/sm/contracts" -> Example.json("/v1/sm/contracts", "{}");
            case "GET /v1/dbo/dictionaries/{name}" -> Example.of("/v1/dbo/dictionaries/categories");
            case "POST /v1/dbo/users/{userId}/erasure" -> Example.json("/v1/dbo/users/" + client + "/erasure", "{}");
            case "POST /v1/dbo/documents", "POST /documents", "POST /v1/abs/documents/batch" ->
                new Example(operation.path(), "multipart/form-data; boundary=x", new byte[0]);
            case "GET /v1/dbo/users/{userId}/documents" -> Example.of("/v1/dbo/users/" + client + "/documents");
            case "POST /v1/dbo/documents/{id}/versions", "POST /documents/{id}/versions" ->
                new Example(operation.path().replace("{id}", document), "multipart/form-data; boundary=x", new byte[0]);
            case "POST /documents/{id}" -> form("/documents/" + document, "command=link");
            case "PATCH /v1/dbo/documents/{id}" ->
                Example.json("/v1/dbo/documents/" + document, "{\"description\": \"x\"}")
                        .with(Map.of("If-Match", "\"999\""));
            case "DELETE /v1/dbo/documents/{id}" ->
                Example.of("/v1/dbo/documents/" + document).with(Map.of("If-Match", "\"999\""));
            case "PUT /v1/abs/documents/{id}/hold" -> Example.json("/v1/abs/documents/" + document + "/hold", "{}");
            case "GET /v1/dbo/users/{userId}/profile" -> Example.of("/v1/dbo/users/" + client + "/profile");
            case "PUT /v1/dbo/users/{userId}/profile" ->
                Example.json("/v1/dbo/users/" + client + "/profile", "{\"sex\": \"other\"}");
            case "GET /v1/abs/content/{token}" -> Example.of(openLink());
            case "PUT /v1/abs/documents/{id}/status" ->
                Example.json("/v1/abs/documents/" + document + "/status", "{\"status\":\"pending\"}");
            default -> Example.of(operation.path().replace("{id}", document));
        };
    }
}
