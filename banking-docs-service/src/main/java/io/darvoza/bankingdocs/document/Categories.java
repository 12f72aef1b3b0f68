package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Category;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The dictionary of categories. */
interface Categories {

    Mono<Category> withId(int id);

    Mono<Category> named(String name);

    /** All of them, by number. */
    Flux<Category> all();
}
