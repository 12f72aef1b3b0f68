package io.darvoza.local.bench;

import io.darvoza.local.client.SamplePdf;
import io.darvoza.local.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Batches of fifty small documents, one after the other. */
final class DocumentBatches {

    static final int ITEMS = 50;

    private static final String BOUNDARY = "darvoza-bench-batch";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String CLIENT = "1000001";

    private final HttpClient http;
    private final DocumentRequests requests;

    DocumentBatches(HttpClient http, DocumentRequests requests) {
        this.http = http;
        this.requests = requests;
    }

    /** How long each took until all of its documents were kept. */
    Timings run(int batches) {
        var millis = new ArrayList<Double>();
        for (var batch = 0; batch < batches; batch++) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + requests.port() + "/v1/abs/documents/batch"))
                    .timeout(LIMIT)
                    .header("Authorization", "Bearer " + requests.operator())
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofByteArray(form()))
                    .build();
            var start = System.nanoTime();
            var answer = http.sendAsync(request, BodyHandlers.ofString()).join();
            millis.add((System.nanoTime() - start) / 1e6);
            if (answer.statusCode() != 201) {
                throw new StartFailure("a batch is answered %d: %s".formatted(answer.statusCode(), answer.body()));
            }
        }
        return Timings.of(millis);
    }

    private static byte[] form() {
        var name = UUID.randomUUID();
        var documents = IntStream.range(0, ITEMS)
                .mapToObj(item -> """
                        {"user_id": %s, "description": "Пакет %d", "callcopy_id": 3, "file_name": "%s-%d.pdf"}""".formatted(CLIENT, item, name, item))
                .collect(Collectors.joining(",", "[", "]"));
        var form = new ByteArrayOutputStream();
        write(
                form,
                "--%s\r\nContent-Disposition: form-data; name=\"documents\"\r\nContent-Type: application/json\r\n\r\n%s"
                        .formatted(BOUNDARY, documents)
                        .getBytes(StandardCharsets.UTF_8));
        for (var item = 0; item < ITEMS; item++) {
            write(
                    form,
                    ("\r\n--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s-%d.pdf\"\r\n"
                                    + "Content-Type: application/pdf\r\n\r\n")
                            .formatted(BOUNDARY, name, item)
                            .getBytes(StandardCharsets.UTF_8));
            write(form, SamplePdf.of(name + " " + item));
        }
        write(form, ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static void write(ByteArrayOutputStream form, byte[] bytes) {
        try {
            form.write(bytes);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
