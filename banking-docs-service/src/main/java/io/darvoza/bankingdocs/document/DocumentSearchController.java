package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Finds documents for employees. */
@RestController
@Tag(name = "АБС")
class DocumentSearchController {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final int MAX_TEXT_LENGTH = 200;

    private final Categories categories;
    private final DocumentReadModel documents;

    DocumentSearchController(Categories categories, DocumentReadModel documents) {
        this.categories = categories;
        this.documents = documents;
    }

    /** What a search asks for; every criterion narrows it. */
    record SearchRequest(
            @Parameter(description = "pending, approved, rejected, processed or archived") @Nullable
            String status,

            @Parameter(description = "Name or number of a category") @Nullable
            String category,

            @BindParam("date_from") @Parameter(name = "date_from", description = "First UTC day of upload") @Nullable
            LocalDate dateFrom,

            @BindParam("date_to") @Parameter(name = "date_to", description = "Last UTC day of upload") @Nullable
            LocalDate dateTo,

            @BindParam("user_id") @Parameter(name = "user_id") @Nullable
            Long userId,

            @BindParam("worker_id") @Parameter(name = "worker_id") @Nullable
            Long workerId,

            @Parameter(description = "Words of the description, in any form") @Nullable
            String q,

            @Parameter(description = "newest, as without it, or oldest: which document comes first") @Nullable
            String order,

            @Nullable Integer limit,
            @Nullable String cursor) {}

    /** Documents that were found, in the wanted order; nextCursor is absent on the last page. */
    @Schema(name = "DocumentSearchResult")
    record SearchResponse(List<Entry> results, @Nullable String nextCursor) {

        @Schema(name = "FoundDocument")
        record Entry(
                long id,
                String description,
                @Nullable Long workerId,
                LocalDate planMaturityDate,
                long userId,
                String category,
                int categoryId,
                String status,
                LocalDate uploadDate,
                Instant uploadedAt) {

            private static Entry from(DocumentView view) {
                return new Entry(
                        view.id(),
                        view.description(),
                        view.workerId(),
                        view.planMaturityDate(),
                        view.ownerId(),
                        view.category(),
                        view.categoryId(),
                        view.status().word(),
                        view.uploadDate(),
                        view.uploadedAt());
            }
        }

        private static SearchResponse from(Page<DocumentView> page) {
            return new SearchResponse(page.map(Entry::from).items(), page.nextCursor());
        }
    }

    @GetMapping("/v1/abs/documents")
    @AllowedTo({"abs_worker", "bank_admin", "auditor"})
    @Operation(operationId = "searchDocuments", summary = "Find documents, newest first unless asked otherwise")
    Mono<SearchResponse> search(@ParameterObject @ModelAttribute SearchRequest search) {
        PageRequest page = PageRequest.of(search.limit(), search.cursor());
        return categoryId(search.category())
                .flatMap(category ->
                        documents.page("abs.documents", filter(search, category), order(search.order()), page))
                .map(SearchResponse::from);
    }

    private Mono<Optional<Integer>> categoryId(@Nullable String category) {
        if (category == null) {
            return Mono.just(Optional.empty());
        }
        Mono<Category> found = NUMBER.matcher(category).matches()
                ? categories.withId(Integer.parseInt(category))
                : categories.named(category);
        return found.map(known -> Optional.of(known.id()))
                .switchIfEmpty(Mono.error(() -> invalid("category", "unknown category")));
    }

    private static DocumentFilter filter(SearchRequest search, Optional<Integer> category) {
        String text = search.q();
        if (text != null && (text.isBlank() || text.length() > MAX_TEXT_LENGTH || text.indexOf('\0') >= 0)) {
            throw invalid("q", "1.." + MAX_TEXT_LENGTH);
        }
        return new DocumentFilter(
                status(search.status()),
                category.orElse(null),
                search.dateFrom(),
                search.dateTo(),
                search.userId(),
                search.workerId(),
                text);
    }

    private static DocumentQuery.Order order(@Nullable String word) {
        return switch (word) {
            case null -> DocumentQuery.Order.NEWEST;
            case "newest" -> DocumentQuery.Order.NEWEST;
            case "oldest" -> DocumentQuery.Order.OLDEST;
            default -> throw invalid("order", "newest or oldest");
        };
    }

    private static @Nullable DocumentStatus status(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return DocumentStatus.ofWord(word)
                .orElseThrow(() -> invalid(
                        "status",
                        Arrays.stream(DocumentStatus.values())
                                .map(DocumentStatus::word)
                                .toList()
                                .toString()));
    }

    private static ProblemException invalid(String parameter, String detail) {
        return CommonProblem.VALIDATION_FAILED.exception().error("/" + parameter, detail);
    }
}
