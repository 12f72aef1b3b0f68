package io.darvoza.common.security;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * One operation of an application.
 *
 * @param method the HTTP method, or {@code *} when the handler takes every one
 * @param path the path pattern
 * @param rule who may call it; null when nobody has said, which keeps the application from starting
 */
public record Operation(
        String method,
        String path,
        HandlerMethod handler,
        @Nullable AccessRule rule) {

    /** Method and path, as people write an operation. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
