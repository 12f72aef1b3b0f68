package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.BankingDocsInstance;
import io.darvoza.bankingdocs.upload.FileFixtures;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twenty uploads of 20 MB at once against a heap of 192 MB: what survives a collection is what an upload is said to take. */
class UploadMemoryIT {

    private static final int UPLOADS = 20;
    private static final int SIZE = 20_000_000;

    /** For each upload the megabyte of {@code UploadProperties}; for each of two checks the thousand pages that PDFBox keeps. */
    private static final int BOUND = UPLOADS * (1 << 20) + 2 * 1000 * 4096;

    /** Each look stops the service for a whole collection; one after the other, it would come to little else. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final String METADATA = "{\"description\": \"Скан\", \"callcopy_id\": 1, \"allow_duplicate\": true}";

    @Test
    void staysFlatUnderTwentyUploadsAtOnce() throws InterruptedException {
        byte[] pdf = FileFixtures.pdfOfSize(SIZE, 1);
        try (var service = new BankingDocsInstance();
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            service.start(null, Map.of("darvoza.banking-docs.upload.wait-timeout", "2m"));
            // What the first upload loads stays, and is no upload's.
            assertThat(upload(http, service, pdf).join()).isEqualTo(201);
            long idle = service.process().liveBytes();
            List<CompletableFuture<Integer>> uploads = IntStream.range(0, UPLOADS)
                    .mapToObj(i -> upload(http, service, pdf))
                    .toList();
            long peak = 0;
            while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
                peak = Math.max(peak, service.process().liveBytes());
                Thread.sleep(BETWEEN_LOOKS);
            }

            assertThat(uploads.stream().map(CompletableFuture::join))
                    .hasSize(UPLOADS)
                    .containsOnly(201);
            assertThat(service.process().output()).doesNotContain("OutOfMemoryError");
            assertThat(peak - idle)
                    .as("bytes that a collection leaves, above %d after the first upload", idle)
                    .isLessThan(BOUND);
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
}
