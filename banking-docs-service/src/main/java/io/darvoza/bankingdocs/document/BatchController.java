package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.upload.Uploads;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Encoding;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes many documents of many clients in one request. */
@RestController
@Tag(name = "АБС")
class BatchController {

    private static final String DOCUMENTS = "documents";

    private final Uploads uploads;
    private final BatchItems items;
    private final UploadBatch batch;
    private final ProblemRenderer problems;
    private final JsonMapper json;

    BatchController(Uploads uploads, BatchItems items, UploadBatch batch, ProblemRenderer problems, JsonMapper json) {
        this.uploads = uploads;
        this.items = items;
        this.batch = batch;
        this.problems = problems;
        this.json = json;
    }

    /**
     * What became of a batch.
     *
     * @param documentIds of the documents that were taken, in order
     * @param items of each document, when one failed at least
     */
    @Schema(name = "BatchResult")
    record BatchResponse(
            int processedCount,
            int failedCount,
            List<Long> documentIds,
            @Nullable List<ItemResponse> items) {}

    /**
     * What became of one document.
     *
     * @param index its place in {@code documents}, from 0
     * @param status that its own upload would have had
     * @param problem why it failed, as its own upload would have told
     */
    @Schema(name = "BatchItem")
    record ItemResponse(
            int index,
            int status,
            @Nullable Long documentId,
            @Nullable Map<String, Object> problem) {}

    @PostMapping(path = "/v1/abs/documents/batch", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @AllowedTo({"dbo_operator", "abs_worker", "bank_admin"})
    @Operation(
            operationId = "uploadBatch",
            summary = "Upload many documents",
            description =
                    "Part documents first, then a part files for each of them. Each document is taken or refused for"
                            + " itself; sent again under the same Idempotency-Key, those that were taken stay as they are.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = BatchParts.class),
                                            encoding =
                                                    @Encoding(
                                                            name = DOCUMENTS,
                                                            contentType = MediaType.APPLICATION_JSON_VALUE))))
    @ApiResponse(
            responseCode = "201",
            description = "All were taken",
            content = @Content(schema = @Schema(implementation = BatchResponse.class)))
    @ApiResponse(
            responseCode = "207",
            description = "Some were taken; items says which",
            content = @Content(schema = @Schema(implementation = BatchResponse.class)))
    Mono<ResponseEntity<BatchResponse>> upload(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) ServerWebExchange exchange,
            Caller caller) {
        if (key != null) {
            // Refuses what is no key before a byte of the files is read.
            var unused = new IdempotencyScope(caller.principalKey(), "documents.batch", key);
        }
        return uploads.receiveBatch(
                exchange.getRequest(),
                received -> Mono.fromSupplier(() -> items.of(received))
                        .flatMap(all -> batch.handle(all, caller, key))
                        .map(outcomes -> answer(outcomes, exchange)));
    }

    private ResponseEntity<BatchResponse> answer(List<UploadBatch.Outcome> outcomes, ServerWebExchange exchange) {
        List<ItemResponse> all =
                outcomes.stream().map(outcome -> item(outcome, exchange)).toList();
        List<Long> ids = all.stream()
                .flatMap(item -> Stream.ofNullable(item.documentId()))
                .toList();
        int failed = all.size() - ids.size();
        if (ids.isEmpty()) {
            throw BankingDocsProblem.BATCH_REFUSED
                    .exception()
                    .with("processed_count", 0)
                    .with("failed_count", failed)
                    .with("document_ids", ids)
                    .with("items", all);
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(failed == 0 ? HttpStatus.CREATED : HttpStatus.MULTI_STATUS);
        if (outcomes.stream().allMatch(BatchController::isReplay)) {
            answer.header(Answer.REPLAYED_HEADER, "true");
        }
        return answer.body(new BatchResponse(ids.size(), failed, ids, failed == 0 ? null : all));
    }

    private static boolean isReplay(UploadBatch.Outcome outcome) {
        return outcome.answer() != null && outcome.answer().replayed();
    }

    private ItemResponse item(UploadBatch.Outcome outcome, ServerWebExchange exchange) {
        Answer answer = outcome.answer();
        if (answer != null) {
            long id = json.readTree(Objects.requireNonNull(answer.json()))
                    .get("document_id")
                    .asLong();
            return new ItemResponse(outcome.index(), answer.status(), id, null);
        }
        ProblemDetail problem = problems.render(Objects.requireNonNull(outcome.fault()), exchange);
        return new ItemResponse(outcome.index(), problem.getStatus(), null, members(problem));
    }

    private static Map<String, Object> members(ProblemDetail problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", String.valueOf(problem.getType()));
        members.put("title", Objects.requireNonNullElse(problem.getTitle(), ""));
        members.put("status", problem.getStatus());
        if (problem.getDetail() != null) {
            members.put("detail", problem.getDetail());
        }
        if (problem.getProperties() != null) {
            members.putAll(problem.getProperties());
        }
        return members;
    }
}
