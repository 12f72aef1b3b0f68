package io.darvoza.bankingdocs.document;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists the contents that a document has had. */
@RestController
@Tag(name = "АБС")
class DocumentVersionController {

    private final DocumentReadModel documents;
    private final DocumentVersions versions;

    DocumentVersionController(DocumentReadModel documents, DocumentVersions versions) {
        this.documents = documents;
        this.versions = versions;
    }

    /** All contents of a document, newest first. */
    @Schema(name = "DocumentVersions")
    record VersionsResponse(long documentId, List<Entry> versions) {

        /**
         * One of them.
         *
         * @param checksum SHA-256, hexadecimal
         * @param size in bytes
         * @param link where it is read
         */
        @Schema(name = "DocumentVersion")
        record Entry(
                int version,
                String fileName,
                String contentType,
                long size,
                @Nullable Integer pageCount,
                String checksum,
                Instant uploadedAt,
                String link) {

            private static Entry from(DocumentVersions.Version version) {
                StoredContent content = version.content();
                return new Entry(
                        content.version(),
                        content.fileName(),
                        content.type(),
                        content.size(),
                        version.pageCount(),
                        content.sha256(),
                        version.uploadedAt(),
                        content.link());
            }
        }
    }

    @GetMapping("/v1/abs/documents/{id}/versions")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(operationId = "listDocumentVersions", summary = "The contents that a document has had, newest first")
    Mono<VersionsResponse> list(@PathVariable long id, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.facts(caller))
                .flatMap(view ->
                        versions.of(id).map(VersionsResponse.Entry::from).collectList())
                .map(entries -> new VersionsResponse(id, entries));
    }
}
