package io.darvoza.gateway.limits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Finds what a path is limited by besides its caller. Indexed by the first segment, since most paths match nothing. */
final class LimitRules {

    private static final String KEY = "key";

    /**
     * A rule that holds for a request.
     *
     * @param key what the rule counts by; null when it counts by the OAuth2 client
     */
    record Applied(Limit limit, @Nullable String key) {}

    private record Entry(PathPattern pattern, LimitProperties.@Nullable Rule rule) {}

    private final Map<String, List<Entry>> byFirstSegment = new HashMap<>();

    LimitRules(List<LimitProperties.Rule> rules, List<String> exempt) {
        exempt.forEach(path -> add(path, null));
        rules.forEach(rule -> rule.paths().forEach(path -> add(path, rule)));
    }

    private void add(String path, LimitProperties.@Nullable Rule rule) {
        PathPattern pattern = PathPatternParser.defaultInstance.parse(path);
        String segment = firstSegment(PathContainer.parsePath(path));
        byFirstSegment.computeIfAbsent(segment, _ -> new ArrayList<>()).add(new Entry(pattern, rule));
    }

    /** Whether the path is not counted at all. */
    boolean isExempt(ServerHttpRequest request) {
        PathContainer path = request.getPath();
        for (Entry entry : entries(path)) {
            if (entry.rule() == null && entry.pattern().matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** The rule that holds for the request; null when none does, or when it has nothing to count by. */
    @Nullable
    Applied ruleFor(ServerHttpRequest request) {
        PathContainer path = request.getPath();
        for (Entry entry : entries(path)) {
            LimitProperties.Rule rule = entry.rule();
            PathPattern.PathMatchInfo match =
                    rule == null ? null : entry.pattern().matchAndExtract(path);
            if (rule != null && match != null) {
                return applied(rule, match, request);
            }
        }
        return null;
    }

    private static @Nullable Applied applied(
            LimitProperties.Rule rule, PathPattern.PathMatchInfo match, ServerHttpRequest request) {
        if (rule.tokenClient()) {
            return new Applied(rule.limit(), null);
        }
        String key = match.getUriVariables().get(KEY);
        if (key == null && rule.query() != null) {
            key = request.getQueryParams().getFirst(rule.query());
        }
        return key == null ? null : new Applied(rule.limit(), key);
    }

    private List<Entry> entries(PathContainer path) {
        return byFirstSegment.getOrDefault(firstSegment(path), List.of());
    }

    private static String firstSegment(PathContainer path) {
        List<PathContainer.Element> elements = path.elements();
        return elements.size() > 1 ? elements.get(1).value() : "";
    }
}
