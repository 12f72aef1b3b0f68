package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.S3Server;
import io.darvoza.local.process.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the S3 server that the measurement talks to. */
class S3SignatureIT {

    private static final String OBJECT = "/bench/object";

    /** Two chunks and a part of a third. */
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    @Test
    void objectsArePutWholeAndWithTheRightSecretOnly() throws IOException, InterruptedException {
        var settings = new S3Server.Settings(
                folder.resolve("data"), FreePorts.next(), "access", "secret", List.of("bench"), folder.resolve("log"));
        try (var server = S3Server.start(Programs.find(), settings);
                var http = HttpClient.newHttpClient()) {
            var right = new S3Signature(server.endpoint(), "local", "access", "secret");
            var wrong = new S3Signature(server.endpoint(), "local", "access", "other");

            assertThat(send(http, put(wrong)).statusCode()).isEqualTo(403);
            assertThat(send(http, right.bodiless("GET", OBJECT, Instant.now())).statusCode())
                    .isEqualTo(404);
            assertThat(send(http, put(right)).statusCode()).isEqualTo(200);
            assertThat(send(http, right.bodiless("GET", OBJECT, Instant.now())).body())
                    .isEqualTo(CONTENT);
        }
    }

    private static HttpRequest.Builder put(S3Signature signature) {
        return signature.put(OBJECT, CONTENT.length, () -> new ByteArrayInputStream(CONTENT), Instant.now());
    }

    private static HttpResponse<byte[]> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
