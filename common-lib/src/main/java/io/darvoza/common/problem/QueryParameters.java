package io.darvoza.common.problem;

import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A misspelt filter must not silently show everything. */
public final class QueryParameters {

    private QueryParameters() {}

    /** Raises {@link CommonProblem#UNKNOWN_PARAMETER} for a query parameter that is none of these. */
    public static void requireOnly(ServerHttpRequest request, Set<String> known) {
        for (String name : request.getQueryParams().keySet()) {
            if (!known.contains(name)) {
                throw CommonProblem.UNKNOWN_PARAMETER.exception(name).with("parameter", name);
            }
        }
    }
}
