package io.darvoza.egov.bulk;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.number.DocumentType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Verifies many numbers; the answer comes at once, the verdicts as the limit lets them. */
@RestController
@Tag(name = "Bulk")
class BulkController {

    private final StartJob start;
    private final JobTable jobs;
    private final BulkProperties properties;
    private final KeysetCursors cursors;

    BulkController(StartJob start, JobTable jobs, BulkProperties properties, KeysetCursors cursors) {
        this.start = start;
        this.jobs = jobs;
        this.properties = properties;
        this.cursors = cursors;
    }

    /** A job with a page of its items. */
    @Schema(name = "BulkJob")
    record JobResponse(
            UUID jobId,
            @Schema(allowableValues = {"running", "done"}) String status,

            @Schema(allowableValues = {"iin", "passport", "bin"})
            String documentType,

            @Schema(description = "Numbers that were sent") int given,

            @Schema(description = "Different ones among them")
            int numbers,

            long done,
            Instant createdAt,
            @Nullable Instant endedAt,
            List<BulkItemView> items,
            @Nullable String nextCursor) {

        static JobResponse from(JobTable.Job job, Page<BulkItemView> items) {
            return new JobResponse(
                    job.id(),
                    job.endedAt() == null ? "running" : "done",
                    job.type().word(),
                    job.given(),
                    job.numbers(),
                    job.done(),
                    job.createdAt(),
                    job.endedAt(),
                    items.items(),
                    items.nextCursor());
        }
    }

    @PostMapping(
            path = "/v1/egov/verify/bulk",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @AllowedTo({"egov_user", "egov_admin"})
    @Operation(
            operationId = "verifyBulk",
            summary = "Verify up to 1000 numbers: a JSON array of texts, or text of one column",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(type = "array", example = "[\"900101300017\"]")),
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                            }),
            responses = @ApiResponse(responseCode = "202", description = "The job; Location says where it is"))
    Mono<ResponseEntity<JobResponse>> start(
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"iin", "passport", "bin"},
                                            defaultValue = "iin"))
                    @RequestParam(required = false)
                    @Nullable
                    String type,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType contentType,
            Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        DocumentType kind = kind(type);
        int most = Math.toIntExact(properties.maxSize().toBytes());
        return DataBufferUtils.join(exchange.getRequest().getBody(), most)
                .map(BulkController::bytes)
                .defaultIfEmpty(new byte[0])
                .map(body -> Numbers.read(body, contentType, properties.maxItems()))
                .flatMap(texts -> start.start(kind, texts, caller.principalKey(), RequestTrace.id(exchange)))
                .flatMap(jobs::find)
                .map(job -> ResponseEntity.accepted()
                        .location(URI.create("/v1/egov/verify/bulk/" + job.id()))
                        .body(JobResponse.from(job, new Page<>(List.of(), null))));
    }

    @GetMapping("/v1/egov/verify/bulk/{job}")
    @AllowedTo({"egov_user", "egov_admin"})
    @Operation(operationId = "getBulkJob", summary = "How far a job is, with its items")
    Mono<JobResponse> get(
            @PathVariable UUID job,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        PageRequest request = PageRequest.of(limit, cursor);
        KeysetCursor query = cursors.forQuery("egov.bulk", job);
        List<String> position = query.read(request.cursor());
        int after = position.isEmpty() ? -1 : Integer.parseInt(position.getFirst());
        return jobs.find(job)
                .transform(Ownership.visible(
                        found -> found.principal().equals(caller.principalKey()) || caller.has("egov_admin"),
                        CommonProblem.NOT_FOUND))
                .flatMap(found -> jobs.items(job, after, request.rowsToRead())
                        .map(rows -> Page.of(request, rows, last -> query.after(last.position())))
                        .map(page -> JobResponse.from(found, page)));
    }

    private static DocumentType kind(@Nullable String type) {
        return switch (type == null ? "iin" : type) {
            case "iin" -> DocumentType.IIN;
            case "passport" -> DocumentType.PASSPORT;
            case "bin" -> DocumentType.BIN;
            default -> throw CommonProblem.VALIDATION_FAILED.exception().error("/type", "iin, passport or bin");
        };
    }

    private static byte[] bytes(DataBuffer whole) {
        byte[] bytes = new byte[whole.readableByteCount()];
        whole.read(bytes);
        DataBufferUtils.release(whole);
        return bytes;
    }
}
