package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Sends several large files at once and takes the time. */
record Uploads(HttpClient http, int parallel, long fileBytes) {

    private static final double MEGABYTE = 1e6;
    private static final String BOUNDARY = "darvoza-bench";

    /**
     * Sends them all and waits for all answers.
     *
     * @param firstSeed of the files; each has the next
     * @return bytes of files per second, in MB
     */
    double megabytesPerSecond(long firstSeed, int expectedStatus, Function<LargePdf, HttpRequest> request) {
        var begin = System.nanoTime();
        var answers = LongStream.range(firstSeed, firstSeed + parallel)
                .mapToObj(seed -> http.sendAsync(request.apply(new LargePdf(fileBytes, seed)), BodyHandlers.ofString()))
                .toList();
        answers.stream().map(CompletableFuture::join).forEach(answer -> check(answer, expectedStatus));
        return parallel * fileBytes / MEGABYTE / ((System.nanoTime() - begin) / 1e9);
    }

    /** A form with a document: metadata first, then the file. */
    static BodyPublisher form(LargePdf file, String metadata) {
        var before = bytes("""
                --%1$s
                Content-Disposition: form-data; name="metadata"
                Content-Type: application/json

                %2$s
                --%1$s
                Content-Disposition: form-data; name="file"; filename="bench-%3$d.pdf"
                Content-Type: application/pdf

                """.formatted(BOUNDARY, metadata, file.seed()).replace("\n", "\r\n"));
        var after = bytes("\r\n--" + BOUNDARY + "--\r\n");
        return body(
                () -> new SequenceInputStream(Collections.enumeration(
                        List.of(new ByteArrayInputStream(before), file.open(), new ByteArrayInputStream(after)))),
                before.length + file.length() + after.length);
    }

    static String formType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** A body of a length that is known before. */
    static BodyPublisher body(Supplier<InputStream> content, long length) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(HttpResponse<String> answer, int expectedStatus) {
        if (answer.statusCode() != expectedStatus) {
            throw new StartFailure("%s answers %d instead of %d: %s"
                    .formatted(answer.uri(), answer.statusCode(), expectedStatus, answer.body()));
        }
    }
}
