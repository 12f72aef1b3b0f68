package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.BankingDocsInstance;
import io.darvoza.bankingdocs.upload.FileFixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twenty uploads of 20 MB at once against a heap of 192 MB: what survives a collection stays far below one upload each. */
class UploadMemoryIT {

    private static final int UPLOADS = 20;
    private static final int SIZE = 20_000_000;
    private static final String METADATA = "{\"description\": \"Скан\", \"callcopy_id\": 1, \"allow_duplicate\": true}";
    private static final Pattern AFTER_COLLECTION = Pattern.compile("jvm_memory_usage_after_gc\\{[^}]*} ([0-9.E-]+)");

    @Test
    void staysFlatUnderTwentyUploadsAtOnce() throws IOException, InterruptedException {
        byte[] pdf = FileFixtures.pdfOfSize(SIZE, 1);
        try (var service = new BankingDocsInstance();
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            service.start(null, Map.of("darvoza.banking-docs.upload.wait-timeout", "2m"));
            List<CompletableFuture<Integer>> uploads = IntStream.range(0, UPLOADS)
                    .mapToObj(i -> upload(http, service, pdf))
                    .toList();
            double peak = 0;
            while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
                peak = Math.max(peak, heapAfterCollection(http, service));
                Thread.sleep(100);
            }

            assertThat(uploads.stream().map(CompletableFuture::join))
                    .hasSize(UPLOADS)
                    .containsOnly(201);
            assertThat(service.process().output()).doesNotContain("OutOfMemoryError");
            assertThat(peak)
                    .as("share of the old generation after a collection")
                    .isLessThan(0.75);
            assertThat(service.spooled()).isEmpty();
        }
    }

    private static CompletableFuture<Integer> upload(HttpClient http, BankingDocsInstance service, byte[] pdf) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/v1/dbo/documents".formatted(service.port())))
                .timeout(Duration.ofMinutes(4))
                .header("Authorization", "Bearer " + Api.CLIENT)
                .header("Content-Type", "multipart/form-data; boundary=" + RawRequest.BOUNDARY)
                .POST(streamed(RawRequest.opening(METADATA), pdf, RawRequest.ending()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** As it is asked for: a publisher of bytes would copy them all beforehand, twenty times in this process. */
    private static HttpRequest.BodyPublisher streamed(byte[] opening, byte[] content, byte[] ending) {
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new SequenceInputStream(
                        new ByteArrayInputStream(opening),
                        new SequenceInputStream(new ByteArrayInputStream(content), new ByteArrayInputStream(ending)))),
                (long) opening.length + content.length + ending.length);
    }

    private static double heapAfterCollection(HttpClient http, BankingDocsInstance service)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/actuator/prometheus?includedNames=jvm_memory_usage_after_gc"
                                .formatted(service.managementPort())))
                .timeout(Duration.ofSeconds(60))
                .build();
        Matcher value = AFTER_COLLECTION.matcher(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        assertThat(value.find()).as("the metric of the heap").isTrue();
        return Double.parseDouble(value.group(1));
    }
}
