package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.S3Server;
import io.darvoza.local.process.FreePorts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the S3 server that the measurement talks to. */
class S3SignatureIT {

    private static final LargePdf FILE = new LargePdf(100_000, 1);

    @TempDir
    Path folder;

    @Test
    void objectsArePutWithTheRightSecretOnly() throws IOException, InterruptedException {
        var settings = new S3Server.Settings(
                folder.resolve("data"), FreePorts.next(), "access", "secret", List.of("bench"), folder.resolve("log"));
        try (var server = S3Server.start(Programs.find(), settings);
                var http = HttpClient.newHttpClient()) {
            assertThat(put(http, new S3Signature(server.endpoint(), "local", "access", "secret")))
                    .isEqualTo(200);
            assertThat(put(http, new S3Signature(server.endpoint(), "local", "access", "other")))
                    .isEqualTo(403);
        }
    }

    private static int put(HttpClient http, S3Signature signature) throws IOException, InterruptedException {
        var request = signature
                .sign("PUT", "/bench/object", Instant.now())
                .PUT(Uploads.plain(FILE))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
