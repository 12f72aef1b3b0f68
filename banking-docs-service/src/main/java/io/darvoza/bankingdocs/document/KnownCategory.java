package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.common.problem.CommonProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The category that a request names by number, by name, or by both when they mean the same. */
@Component
final class KnownCategory {

    private final Categories categories;

    KnownCategory(Categories categories) {
        this.categories = categories;
    }

    /** Raises {@link CommonProblem#VALIDATION_FAILED} when there is none. */
    Mono<Category> of(@Nullable Integer id, @Nullable String name) {
        Mono<Category> found = id != null
                ? categories
                        .withId(id)
                        .filter(category -> name == null || category.name().equals(name))
                : categories.named(String.valueOf(name));
        return found.switchIfEmpty(Mono.error(() -> CommonProblem.VALIDATION_FAILED
                .exception()
                .error(id != null ? "/callcopy_id" : "/category", "unknown category")));
    }
}
