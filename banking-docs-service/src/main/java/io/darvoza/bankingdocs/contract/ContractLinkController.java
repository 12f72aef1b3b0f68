package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Links documents to contracts, changes links, and lists what is linked. */
@RestController
@Tag(name = "СМ")
class ContractLinkController {

    private static final String WORDS = "active, suspended, archived or revoked";

    private final Contracts contracts;
    private final VisibleContract visible;
    private final ContractLinks links;
    private final LinkDocument linkDocument;
    private final OptionalIdempotency commands;

    ContractLinkController(
            Contracts contracts,
            VisibleContract visible,
            ContractLinks links,
            LinkDocument linkDocument,
            OptionalIdempotency commands) {
        this.contracts = contracts;
        this.visible = visible;
        this.links = links;
        this.linkDocument = linkDocument;
        this.commands = commands;
    }

    /** The document to link. */
    @Schema(name = "NewLink")
    record LinkRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Long documentId) {}

    /**
     * A link's wanted status, by number or word; when both are sent they must mean the same.
     *
     * @param operationStatusId 1 active, 2 suspended, 3 archived, 4 revoked
     */
    @Schema(name = "LinkChange")
    record ChangeRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Long documentId,

            @Nullable Integer operationStatusId,

            @Schema(allowableValues = {"active", "suspended", "archived", "revoked"}) @Nullable
            String status) {

        private LinkStatus target() {
            Optional<LinkStatus> byNumber = Optional.ofNullable(operationStatusId)
                    .map(number -> LinkStatus.ofNumber(number)
                            .orElseThrow(() -> invalid("/operation_status_id", "1, 2, 3 or 4")));
            Optional<LinkStatus> byWord = Optional.ofNullable(status).map(ContractLinkController::status);
            if (byNumber.isPresent() && byWord.isPresent() && !byNumber.equals(byWord)) {
                throw invalid("/status", "must mean the same as operation_status_id");
            }
            return byNumber.or(() -> byWord).orElseThrow(() -> invalid("/operation_status_id", "is required"));
        }
    }

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long contractId,
            long documentId,
            LinkStatus status,
            @Nullable Long version) {}

    /** A link that was made. */
    @Schema(name = "Link")
    record LinkResponse(long contractId, long documentId, String status) {}

    /** The status that a link has now. */
    @Schema(name = "LinkChanged")
    record ChangedResponse(long contractId, long documentId, String newStatus) {}

    /** The documents of a contract; nextCursor is absent on the last page. */
    @Schema(name = "ContractDocuments")
    record DocumentsResponse(
            long contractId,
            List<Entry> documents,
            @Nullable String nextCursor) {

        /**
         * One of them.
         *
         * @param link where its content is read
         * @param status of the document
         * @param linkStatus of its link to the contract
         */
        @Schema(name = "ContractDocument")
        record Entry(
                long documentId, String description, String link, String status, String linkStatus, Instant linkedAt) {

            private static Entry from(ContractLinks.LinkedDocument document) {
                return new Entry(
                        document.documentId(),
                        document.description(),
                        "/v1/abs/documents/" + document.documentId() + "/content",
                        document.documentStatus(),
                        document.linkStatus().word(),
                        document.linkedAt());
            }
        }

        private static DocumentsResponse of(long contractId, Page<ContractLinks.LinkedDocument> page) {
            return new DocumentsResponse(contractId, page.map(Entry::from).items(), page.nextCursor());
        }
    }

    @PostMapping("/v1/sm/contracts/{id}/link")
    @AllowedTo({"bank_client", "sm_manager", "bank_admin"})
    @Operation(
            operationId = "linkDocument",
            summary = "Link a document to a contract",
            description = "Both of the same client; the contract a draft or in force. A client links his own.")
    @ApiResponse(
            responseCode = "201",
            description = "Linked; ETag is the version of the link",
            content = @Content(schema = @Schema(implementation = LinkResponse.class)))
    Mono<ResponseEntity<String>> link(
            @PathVariable long id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody LinkRequest request,
            Caller caller) {
        long document = required(request.documentId());
        Mono<Answer> command = linkDocument
                .link(id, document, caller)
                .map(link -> commands.created(
                                "/v1/sm/contracts/" + id + "/documents",
                                new LinkResponse(id, document, link.status().word()))
                        .withHeader("ETag", VersionTag.of(link.rowVersion())));
        return commands.run(key, caller, "links.create", new Wish(id, document, LinkStatus.ACTIVE, null), command);
    }

    @PutMapping("/v1/sm/contracts/{id}/link")
    @AllowedTo({"sm_manager", "bank_admin"})
    @Operation(
            operationId = "changeLink",
            summary = "Suspend a link, let it count again, archive or revoke it",
            description = "If-Match and Idempotency-Key are honoured when sent.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed; ETag is the new version of the link",
            content = @Content(schema = @Schema(implementation = ChangedResponse.class)))
    Mono<ResponseEntity<String>> change(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ChangeRequest request,
            Caller caller) {
        Wish wish = new Wish(id, required(request.documentId()), request.target(), VersionTag.wanted(ifMatch));
        Mono<Answer> command = linkDocument
                .change(id, wish.documentId(), wish.status(), wish.version(), caller)
                .map(link -> commands.changed(
                        link.rowVersion(),
                        new ChangedResponse(id, link.documentId(), link.status().word())));
        return commands.run(key, caller, "links.change", wish, command);
    }

    @GetMapping("/v1/sm/contracts/{id}/documents")
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "listContractDocuments",
            summary = "The documents of a contract",
            description = "Revoked links only when link_status asks for them. A client sees those of his own contract.")
    Mono<DocumentsResponse> documents(
            @PathVariable long id,
            @Parameter(description = WORDS) @RequestParam(name = "link_status", required = false) @Nullable
                    String linkStatus,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        PageRequest page = PageRequest.of(limit, cursor);
        LinkStatus status = linkStatus == null ? null : status(linkStatus);
        return visible.of(contracts.one(id), caller)
                .flatMap(contract -> links.documents(id, status, page))
                .map(found -> DocumentsResponse.of(id, found));
    }

    private static LinkStatus status(String word) {
        return LinkStatus.ofWord(word).orElseThrow(() -> invalid("/status", WORDS));
    }

    private static long required(@Nullable Long documentId) {
        if (documentId == null) {
            throw invalid("/document_id", "is required");
        }
        return documentId;
    }

    private static ProblemException invalid(String pointer, String detail) {
        return CommonProblem.VALIDATION_FAILED.exception().error(pointer, detail);
    }
}
