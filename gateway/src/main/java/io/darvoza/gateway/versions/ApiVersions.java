package io.darvoza.gateway.versions;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * All versions as of one moment, indexed by path. Immutable; a request costs two look-ups in maps.
 *
 * <p>A path is versioned when it begins with {@code /v<number>/<prefix>} and the prefix belongs to an API, or with a path of
 * the seeds that is served by one version of an API ({@code aliases}).
 */
final class ApiVersions {

    /**
     * What a path asks for.
     *
     * @param version the version, or null when the API has no such version
     * @param headers what it announces; not to be changed
     */
    record Match(String api, @Nullable ApiVersion version, HttpHeaders headers) {}

    private final List<ApiVersion> all;
    private final Map<String, Map<String, Match>> byPrefix = new HashMap<>();
    private final Map<String, Match> byAlias = new HashMap<>();

    /**
     * @param rows the versions
     * @param apis the first path segments after the version, by API
     * @param aliases paths without a version → {@code <api>/<version>}
     */
    ApiVersions(Collection<ApiVersion> rows, Map<String, List<String>> apis, Map<String, String> aliases) {
        this.all = rows.stream()
                .filter(row -> row.status() != ApiVersion.Status.REMOVED)
                .sorted(Comparator.comparing(ApiVersion::api)
                        .thenComparingInt(row -> Integer.parseInt(row.version().substring(1))))
                .toList();
        apis.forEach((api, prefixes) -> prefixes.forEach(prefix -> byPrefix.put(prefix, matches(api, prefix))));
        aliases.forEach((path, target) -> byAlias.put(path, alias(target, apis)));
    }

    /** Versions that serve or served, ordered by API and number. */
    List<ApiVersion> all() {
        return all;
    }

    /** The versions of one API. */
    List<ApiVersion> of(String api) {
        return all.stream().filter(version -> version.api().equals(api)).toList();
    }

    /** What a path asks for; null for a path that is not versioned. */
    @Nullable
    Match match(String path) {
        int versionEnd = path.indexOf('/', 1);
        if (versionEnd < 0 || path.charAt(0) != '/') {
            return byAlias.get(path);
        }
        int prefixEnd = path.indexOf('/', versionEnd + 1);
        if (!isVersion(path, versionEnd)) {
            Match alias = byAlias.get(prefixEnd < 0 ? path : path.substring(0, prefixEnd));
            return alias == null ? byAlias.get(path.substring(0, versionEnd)) : alias;
        }
        String prefix = path.substring(versionEnd + 1, prefixEnd < 0 ? path.length() : prefixEnd);
        Map<String, Match> versions = byPrefix.get(prefix);
        if (versions == null) {
            return null;
        }
        Match match = versions.get(path.substring(1, versionEnd));
        return match == null ? versions.get("") : match;
    }

    private static boolean isVersion(String path, int end) {
        if (end < 3 || path.charAt(1) != 'v') {
            return false;
        }
        for (int i = 2; i < end; i++) {
            if (path.charAt(i) < '0' || path.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** By version; the empty version stands for all that do not exist. */
    private Map<String, Match> matches(String api, String prefix) {
        Map<String, Match> matches = new HashMap<>();
        matches.put("", new Match(api, null, HttpHeaders.EMPTY));
        of(api).forEach(version ->
                matches.put(version.version(), new Match(api, version, VersionHeaders.of(version, prefix))));
        return matches;
    }

    private Match alias(String target, Map<String, List<String>> apis) {
        String api = target.substring(0, target.indexOf('/'));
        String version = target.substring(target.indexOf('/') + 1);
        List<String> prefixes = apis.get(api);
        if (prefixes == null) {
            throw new IllegalArgumentException("alias of an API that is not configured: " + target);
        }
        Map<String, Match> matches = matches(api, prefixes.getFirst());
        return matches.getOrDefault(version, new Match(api, null, HttpHeaders.EMPTY));
    }
}
