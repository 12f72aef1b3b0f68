package io.darvoza.egov.verification;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a caller has verified before. */
@RestController
@Tag(name = "Verification")
class VerificationController {

    private static final Set<String> TYPES = Set.of("iin", "passport", "bin");
    private static final Set<String> STATUSES = Set.of("pending", "verified", "failed", "invalid", "expired");

    private final VerificationTable table;
    private final KeysetCursors cursors;

    VerificationController(VerificationTable table, KeysetCursors cursors) {
        this.table = table;
        this.cursors = cursors;
    }

    /** A page of them. */
    @Schema(name = "Verifications")
    record VerificationsResponse(
            List<VerificationResponse> verifications,
            @Nullable String nextCursor) {}

    @GetMapping("/v1/egov/verifications")
    @AllowedTo({"egov_user", "egov_host", "egov_admin"})
    @Operation(operationId = "listVerifications", summary = "The caller's verifications, the newest first")
    Mono<VerificationsResponse> list(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        known("/type", type, TYPES);
        known("/status", status, STATUSES);
        PageRequest request = PageRequest.of(limit, cursor);
        KeysetCursor query = cursors.forQuery("egov.verifications", caller.principalKey(), type, status);
        List<String> position = query.read(request.cursor());
        UUID before = position.isEmpty() ? null : UUID.fromString(position.getFirst());
        return table.of(caller.principalKey(), before, type, status, request.rowsToRead())
                .map(rows -> Page.of(request, rows, last -> query.after(last.id()))
                        .map(row -> VerificationResponse.from(row, null)))
                .map(page -> new VerificationsResponse(page.items(), page.nextCursor()));
    }

    @GetMapping("/v1/egov/verifications/{id}")
    @AllowedTo({"egov_user", "egov_host", "egov_admin", "auditor"})
    @Operation(
            operationId = "getVerification",
            summary = "A verification; to auditors without what was told about the person")
    Mono<VerificationResponse> get(@PathVariable UUID id, Caller caller) {
        return table.find(id)
                .transform(Ownership.visible(
                        found -> found.asker().principal().equals(caller.principalKey())
                                || caller.hasAny("egov_admin", "auditor"),
                        CommonProblem.NOT_FOUND))
                .map(found -> VerificationResponse.from(found, null))
                .map(shown -> caller.hasAny("egov_user", "egov_host", "egov_admin") ? shown : shown.withoutData());
    }

    private static void known(String pointer, @Nullable String word, Set<String> words) {
        if (word != null && !words.contains(word)) {
            throw CommonProblem.VALIDATION_FAILED.exception().error(pointer, "one of " + List.copyOf(words));
        }
    }
}
