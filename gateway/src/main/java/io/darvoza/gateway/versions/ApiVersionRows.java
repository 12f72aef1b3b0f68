package io.darvoza.gateway.versions;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where the versions are kept. */
interface ApiVersionRows {

    /** Brings the table up to date. Blocks; an exception means that it could not be done now. */
    void prepare();

    /** All rows; an error when they cannot be read now. */
    Mono<List<ApiVersion>> all();
}
