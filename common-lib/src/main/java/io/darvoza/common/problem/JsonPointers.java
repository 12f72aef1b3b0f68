package io.darvoza.common.problem;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** JSON pointers (RFC 6901) to members of a request, with the names that the caller used: snake_case. */
final class JsonPointers {

    private JsonPointers() {}

    /** From a path of Jackson's, which has the JSON names already. */
    static String of(List<JacksonException.Reference> path) {
        return path.stream()
                .map(step ->
                        step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName())
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** From a path of bean validation's, such as {@code items[0].userId}. */
    static String of(String beanPath) {
        String path =
                beanPath.replace("].", "/").replace('[', '/').replace("]", "").replace('.', '/');
        return "/" + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
