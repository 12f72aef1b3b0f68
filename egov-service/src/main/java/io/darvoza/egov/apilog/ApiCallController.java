package io.darvoza.egov.apilog;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The log of calls, for administrators and auditors. */
@RestController
@AllowedTo({"egov_admin", "auditor"})
@Tag(name = "Administration: log")
class ApiCallController {

    private static final Set<String> DIRECTIONS = Set.of("in", "out");

    private final ApiCalls calls;
    private final KeysetCursors cursors;

    ApiCallController(ApiCalls calls, KeysetCursors cursors) {
        this.calls = calls;
        this.cursors = cursors;
    }

    /** A page of it. */
    @Schema(name = "ApiCalls")
    record ApiCallsResponse(
            List<ApiCallView> calls, @Nullable String nextCursor) {}

    @GetMapping("/v1/egov/api-log")
    @Operation(operationId = "listApiCalls", summary = "Calls to us and by us, the newest first; numbers are masked")
    Mono<ApiCallsResponse> list(
            @Schema(allowableValues = {"in", "out"}) @RequestParam(required = false) @Nullable String direction,
            @RequestParam(name = "verification_id", required = false) @Nullable UUID verificationId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (direction != null && !DIRECTIONS.contains(direction)) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/direction", "in or out");
        }
        PageRequest request = PageRequest.of(limit, cursor);
        KeysetCursor query = cursors.forQuery("egov.api-log", direction, verificationId);
        List<String> position = query.read(request.cursor());
        UUID before = position.isEmpty() ? null : UUID.fromString(position.getFirst());
        return calls.find(direction, verificationId, before, request.rowsToRead())
                .map(rows -> Page.of(request, rows, last -> query.after(last.id())))
                .map(page -> new ApiCallsResponse(page.items(), page.nextCursor()));
    }
}
