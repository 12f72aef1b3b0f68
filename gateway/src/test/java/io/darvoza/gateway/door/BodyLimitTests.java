package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@RunningGateway
@TestPropertySource(properties = "darvoza.gateway.routing.services.banking-docs.max-body=100KB")
class BodyLimitTests {

    private static final int LIMIT = 100 * 1024;

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private FakeService service;

    @BeforeEach
    void startService() {
        service = new FakeService("banking-docs-service");
        registry.put("banking-docs-service", service.port());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void aBodyOfTheLimitPassesWithAndWithoutALength() {
        assertThat(post("/v1/sm/contracts", BodyPublishers.ofByteArray(new byte[LIMIT]))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.lastCall().bodyLength()).isEqualTo(LIMIT);
        assertThat(post("/v1/sm/contracts", chunked(LIMIT)).statusCode()).isEqualTo(200);
        assertThat(service.lastCall().bodyLength()).isEqualTo(LIMIT);
    }

    @Test
    void anAnnouncedByteMoreIsRefusedUnseen() {
        assertTooLarge(post("/v1/sm/contracts", BodyPublishers.ofByteArray(new byte[LIMIT + 1])));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void aChunkedByteMoreIsRefusedOnTheWay() {
        assertTooLarge(post("/v1/sm/contracts", chunked(LIMIT + 1)));
        assertTooLarge(post("/v1/sm/contracts", chunked(50 * LIMIT)));
        assertThat(service.calls()).as("never a complete request").isEmpty();
    }

    @Test
    void anUploadMayBeLarger() {
        assertThat(post("/v1/dbo/documents", chunked(20 * 1024 * 1024)).statusCode())
                .isEqualTo(200);
        assertThat(service.lastCall().bodyLength()).isEqualTo(20 * 1024 * 1024);
        assertTooLarge(post("/v1/dbo/documents", chunked(26 * 1024 * 1024)));
    }

    private HttpResponse<String> post(String path, BodyPublisher body) {
        return new Door(port).post(path, body, "Content-Type", "application/octet-stream");
    }

    private static BodyPublisher chunked(int length) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"content_too_large\"");
    }
}
