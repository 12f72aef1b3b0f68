package io.darvoza.bankingdocs;

import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.common.test.security.ServiceAccess;
import io.darvoza.common.test.security.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

/** In the data of the local run {@code bank_client} is user 123 and owns document 789; {@code bank_client2} is user 124. */
@RealService
class AccessIT extends ServiceAccess {

    private String documentOfBankClient2;

    @BeforeEach
    void addDocumentOfBankClient2() {
        MultipartBodyBuilder upload = new MultipartBodyBuilder();
        upload.part(
                "metadata",
                "{\"description\":\"Foreign\",\"callcopy_id\":3,\"allow_duplicate\":true}",
                MediaType.APPLICATION_JSON);
        upload.part("file", new ByteArrayResource(FileFixtures.pdf())).filename("foreign.pdf");
        WebTestClient.bindToServer()
                .baseUrl(server().toString())
                .build()
                .post()
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

    @Override
    protected Examples examples() {
        return this::example;
    }

    /** Everything is of {@code bank_client} or, foreign, of {@code bank_client2}; to employees it makes no difference. */
    private Example example(Operation operation, String subject, Of whose) {
        boolean own = whose == Of.OWN;
        return switch (operation.toString()) {
            case "POST /v1/dbo/documents", "POST /documents" ->
                new Example(operation.path(), "multipart/form-data; boundary=x", new byte[0]);
            case "GET /v1/dbo/users/{userId}/documents" ->
                Example.of("/v1/dbo/users/" + (own ? 123 : 124) + "/documents");
            default -> Example.of(operation.path().replace("{id}", own ? "789" : documentOfBankClient2));
        };
    }
}
