package io.darvoza.common.test.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.security.Operation;
import io.darvoza.common.security.OperationCatalogue;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls every operation that the application really has as nobody, as somebody without roles and as every role, on an own and on
 * a foreign object where there is one in the path, and compares with {@code authorisation-matrix.txt} (see
 * {@link AccessTable}). An operation without a row fails, and so does a row without an operation.
 */
public final class AuthorisationMatrix {

    private static final String TABLE = "authorisation-matrix.txt";
    private static final String NO_ROLE = "no_role";
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** A connection for each call: an answer is left where its status is known, be it a stream without an end. */
    private static final HttpClient CLIENT = HttpClient.create(ConnectionProvider.newConnection());

    private final AccessTable table;
    private final OperationCatalogue catalogue;
    private final URI server;
    private final Examples examples;
    private final Map<String, String> tokens = new HashMap<>();

    /** Whose object a call is about. */
    public enum Of {
        OWN,
        FOREIGN
    }

    /**
     * A call that would succeed if access allows it, or fail for another reason than access.
     *
     * @param path with real ids in place of variables, and a query where one is needed
     * @param headers besides the token
     */
    public record Example(String path, @Nullable String contentType, byte[] body, Map<String, String> headers) {

        public Example(String path, @Nullable String contentType, byte[] body) {
            this(path, contentType, body, Map.of());
        }

        /** A call without a body. */
        public static Example of(String path) {
            return new Example(path, null, new byte[0]);
        }

        /** A call with a JSON body. */
        public static Example json(String path, String body) {
            return new Example(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        /** The same with headers of its own, such as a signature. */
        public Example with(Map<String, String> more) {
            return new Example(path, contentType, body, more);
        }
    }

    /** Makes example calls; only operations on objects need them. */
    @FunctionalInterface
    public interface Examples {

        /** For a service whose operations have no path variables. */
        Examples NONE = (operation, _, _) -> {
            throw new IllegalStateException(operation + " has path variables: give the matrix an example of it");
        };

        /** A call on an object of {@code subject}, or of somebody else, that exists now. */
        Example of(Operation operation, String subject, Of whose);
    }

    private AuthorisationMatrix(AccessTable table, OperationCatalogue catalogue, URI server, Examples examples) {
        this.table = table;
        this.catalogue = catalogue;
        this.server = server;
        this.examples = examples;
    }

    /** The tests of a running application that trusts {@link TestTokens#shared()}. */
    public static Stream<DynamicTest> of(OperationCatalogue catalogue, URI server, Examples examples) {
        return of(catalogue, server, examples, TABLE);
    }

    /** The same with another table. */
    public static Stream<DynamicTest> of(
            OperationCatalogue catalogue, URI server, Examples examples, String tableResource) {
        return new AuthorisationMatrix(AccessTable.read(tableResource), catalogue, server, examples).tests();
    }

    private Stream<DynamicTest> tests() {
        DynamicTest complete = DynamicTest.dynamicTest(
                "has a row for each operation and no other",
                () -> assertThat(table.operations())
                        .containsExactlyInAnyOrderElementsOf(catalogue.operations().stream()
                                .map(Operation::toString)
                                .toList()));
        return Stream.concat(
                Stream.of(complete),
                catalogue.operations().stream()
                        .filter(operation -> table.row(operation.toString()) != null)
                        .flatMap(this::testsOf));
    }

    private Stream<DynamicTest> testsOf(Operation operation) {
        AccessTable.Row row = table.row(operation.toString());
        List<DynamicTest> tests = new ArrayList<>();
        for (Of whose : operation.path().contains("{") ? Of.values() : new Of[] {Of.OWN}) {
            tests.add(test(operation, row, null, whose));
            tests.add(test(operation, row, NO_ROLE, whose));
            RealmRoles.ALL.forEach(role -> tests.add(test(operation, row, role, whose)));
        }
        return tests.stream();
    }

    private DynamicTest test(Operation operation, AccessTable.Row row, @Nullable String role, Of whose) {
        String name = "%s %s as %s".formatted(operation, whose, role == null ? "nobody" : role);
        return DynamicTest.dynamicTest(name, () -> {
            int status = call(operation, role, whose);
            switch (expected(row, role, whose)) {
                case REACHED -> assertThat(status).isNotIn(401, 403, 404, 405).isLessThan(500);
                case UNAUTHENTICATED -> assertThat(status).isEqualTo(401);
                case FORBIDDEN -> assertThat(status).isEqualTo(403);
                case UNKNOWN -> assertThat(status).isEqualTo(404);
            }
        });
    }

    private enum Expected {
        REACHED,
        UNAUTHENTICATED,
        FORBIDDEN,
        UNKNOWN
    }

    private static Expected expected(AccessTable.Row row, @Nullable String role, Of whose) {
        if (row.anyone()) {
            return Expected.REACHED;
        }
        if (role == null) {
            return Expected.UNAUTHENTICATED;
        }
        if (row.signedIn() || row.any().contains(role)) {
            return Expected.REACHED;
        }
        if (row.own().contains(role)) {
            return whose == Of.OWN ? Expected.REACHED : Expected.UNKNOWN;
        }
        return Expected.FORBIDDEN;
    }

    private int call(Operation operation, @Nullable String role, Of whose) {
        Example example = example(operation, role, whose);
        return CLIENT.headers(headers -> {
                    example.headers().forEach(headers::set);
                    if (example.contentType() != null) {
                        headers.set("Content-Type", example.contentType());
                    }
                    if (role != null) {
                        headers.set("Authorization", "Bearer " + token(role));
                    }
                    if (!operation.method().equals("GET")) {
                        headers.set("Content-Length", example.body().length);
                    }
                })
                .request(HttpMethod.valueOf(operation.method()))
                .uri(server.resolve(example.path()))
                .send((_, out) -> example.body().length == 0 ? out : out.sendByteArray(Mono.just(example.body())))
                .response()
                .map(answer -> answer.status().code())
                .block(BOUND);
    }

    private Example example(Operation operation, @Nullable String role, Of whose) {
        boolean plain = !operation.path().contains("{") && operation.method().equals("GET");
        return plain
                ? Example.of(operation.path())
                : examples.of(operation, TestTokens.subjectOf(username(role == null ? NO_ROLE : role)), whose);
    }

    private String token(String role) {
        return tokens.computeIfAbsent(role, AuthorisationMatrix::sign);
    }

    private static String sign(String role) {
        TestTokens tokens = TestTokens.shared();
        if (role.equals(NO_ROLE)) {
            return tokens.user(NO_ROLE);
        }
        return RealmRoles.OF_PROGRAMS.contains(role) ? tokens.program(role, role) : tokens.user(role, role);
    }

    private static String username(String role) {
        return RealmRoles.OF_PROGRAMS.contains(role) ? "service-account-" + role : role;
    }
}
