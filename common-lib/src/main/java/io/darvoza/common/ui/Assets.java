package io.darvoza.common.ui;

import io.darvoza.common.crypto.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * The kit's files, read and compressed once: half a megabyte that every page needs. The address of a file holds its
 * content's hash, so a browser keeps it for a year and still sees a new one at once.
 */
final class Assets {

    /** The kit's own files and what it takes from webjars, whose paths hold a version. */
    private static final String[] PLACES = {
        "classpath*:kit/assets/*",
        "classpath*:META-INF/resources/webjars/bootstrap/*/css/bootstrap.min.css",
        "classpath*:META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js",
        // Viewers of API descriptions, where a process has them.
        "classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui-bundle.js",
        "classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui.css",
        "classpath*:META-INF/resources/webjars/redoc/*/bundles/redoc.standalone.js"
    };

    /** Redoc fetches its maker's mark from there, which tells a third party of every reader; without an image it shows none. */
    private static final String REDOCS_MARK = "https://cdn.redoc.ly/redoc/logo-mini.svg";

    private static final String NO_IMAGE = "data:,";

    private final Map<String, Asset> byName;

    /** One file. */
    record Asset(String name, String hash, MediaType type, byte[] plain, byte[] gzip) {}

    private Assets(Map<String, Asset> byName) {
        this.byName = byName;
    }

    /** Reads all files; one that cannot be read, or two of one name, keep the process from starting. */
    static Assets load() {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        return new Assets(Arrays.stream(PLACES)
                .flatMap(place -> resources(resolver, place))
                .map(Assets::read)
                .collect(Collectors.toUnmodifiableMap(Asset::name, asset -> asset)));
    }

    @Nullable
    Asset find(String name) {
        return byName.get(name);
    }

    /** The address of a file. Throws for a name that does not exist, so a template's slip shows at its first rendering. */
    String path(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("No asset " + name);
        }
        return "/assets/" + asset.hash() + "/" + name;
    }

    private static Stream<Resource> resources(PathMatchingResourcePatternResolver resolver, String place) {
        try {
            return Arrays.stream(resolver.getResources(place));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Asset read(Resource resource) {
        try {
            String name = Objects.requireNonNull(resource.getFilename());
            byte[] plain = name.equals("redoc.standalone.js")
                    ? resource.getContentAsString(StandardCharsets.UTF_8)
                            .replace(REDOCS_MARK, NO_IMAGE)
                            .getBytes(StandardCharsets.UTF_8)
                    : resource.getContentAsByteArray();
            MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
            return new Asset(name, hash(plain), type, plain, gzip(plain));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content), 0, 6);
    }
}
