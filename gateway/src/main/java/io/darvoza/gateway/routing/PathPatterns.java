package io.darvoza.gateway.routing;

import java.util.Collection;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** A set of path patterns; says quickly whether one of them matches, since every request asks. */
final class PathPatterns {

    /** A pattern and the literal text that each path it matches begins with. */
    private record Prefixed(String prefix, PathPattern pattern) {

        static Prefixed of(String pattern) {
            int end = 0;
            while (end < pattern.length() && "*{?".indexOf(pattern.charAt(end)) < 0) {
                end++;
            }
            // "/documents/**" matches "/documents", too.
            String prefix = pattern.substring(0, end > 1 && pattern.charAt(end - 1) == '/' ? end - 1 : end);
            return new Prefixed(prefix, PathPatternParser.defaultInstance.parse(pattern));
        }
    }

    private final List<Prefixed> patterns;

    PathPatterns(Collection<String> patterns) {
        this.patterns = patterns.stream().map(Prefixed::of).toList();
    }

    boolean match(PathContainer path) {
        String text = path.value();
        for (Prefixed candidate : patterns) {
            if (text.startsWith(candidate.prefix) && candidate.pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
