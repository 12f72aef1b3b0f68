package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists a client's documents. */
@RestController
@Tag(name = "ДБО")
class UserDocumentsController {

    private final Accounts accounts;
    private final DocumentReadModel documents;

    UserDocumentsController(Accounts accounts, DocumentReadModel documents) {
        this.accounts = accounts;
        this.documents = documents;
    }

    /** A client's documents, newest first; nextCursor is absent on the last page. */
    @Schema(name = "UserDocuments")
    record UserDocumentsResponse(
            List<Entry> documents, @Nullable String nextCursor) {

        @Schema(name = "UserDocument")
        record Entry(
                long id,
                String description,
                String category,
                int categoryId,
                LocalDate uploadDate,
                Instant uploadedAt,
                String status,
                String fileName,
                String contentType,
                long size) {

            private static Entry from(DocumentView view) {
                return new Entry(
                        view.id(),
                        view.description(),
                        view.category(),
                        view.categoryId(),
                        view.uploadDate(),
                        view.uploadedAt(),
                        view.status().word(),
                        view.fileName(),
                        view.contentType(),
                        view.size());
            }
        }

        private static UserDocumentsResponse from(Page<DocumentView> page) {
            return new UserDocumentsResponse(page.map(Entry::from).items(), page.nextCursor());
        }
    }

    @GetMapping("/v1/dbo/users/{userId}/documents")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(operationId = "listUserDocuments", summary = "A client's documents, newest first")
    Mono<UserDocumentsResponse> list(
            @PathVariable long userId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        PageRequest page = PageRequest.of(limit, cursor);
        return accounts.withId(userId)
                .transform(visible(caller))
                .flatMap(account -> documents.page("dbo.user-documents", DocumentFilter.ofOwner(account.id()), page))
                .map(UserDocumentsResponse::from);
    }

    private static UnaryOperator<Mono<Account>> visible(Caller caller) {
        return Ownership.visible(
                account ->
                        DocumentVisibility.seesAll(caller) || account.subject().equals(caller.subject()),
                CommonProblem.NOT_FOUND);
    }
}
