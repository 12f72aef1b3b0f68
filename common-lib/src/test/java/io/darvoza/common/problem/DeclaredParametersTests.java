package io.darvoza.common.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;

class DeclaredParametersTests {

    private final DeclaredParameters adapter = new DeclaredParameters();

    record Criteria(
            @Nullable String status,
            @BindParam("user_id") @Nullable Long userId) {}

    static class Operations {

        String find(
                @ModelAttribute Criteria criteria,
                @RequestParam(required = false) @Nullable Integer limit,
                @RequestParam(name = "link_status", required = false) @Nullable String linkStatus) {
            return "found";
        }

        String change() {
            return "changed";
        }
    }

    @BeforeEach
    void start() throws Exception {
        adapter.setApplicationContext(new StaticApplicationContext());
        adapter.afterPropertiesSet();
    }

    @Test
    void takesWhatAnOperationDeclares() {
        assertThat(call("find", "/v1/things?status=open&user_id=1&limit=2&link_status=active"))
                .isEqualTo("found");
        assertThat(call("find", "/v1/things")).isEqualTo("found");
        assertThat(call("change", "/v1/things")).isEqualTo("changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "userId", "linkStatus", "Limit", "criteria", "limit[]"})
    void refusesAnyOther(String name) {
        refuses("find", "/v1/things?status=open&%s=1".formatted(name), name);
    }

    @Test
    void refusesAnyToAnOperationWithoutOne() {
        refuses("change", "/v1/things?limit", "limit");
    }

    @Test
    void letsAPageBeAskedForWithMore() {
        assertThat(call("find", "/things?utm_source=letter")).isEqualTo("found");
    }

    private void refuses(String operation, String address, String name) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> call(operation, address))
                .satisfies(refusal -> {
                    assertThat(refusal.type()).isEqualTo(CommonProblem.UNKNOWN_PARAMETER);
                    assertThat(refusal.members()).containsEntry("parameter", name);
                });
    }

    private @Nullable Object call(String operation, String address) {
        var method = ReflectionUtils.findMethod(Operations.class, operation, (Class<?>[]) null);
        HandlerResult result = adapter.handle(
                        MockServerWebExchange.from(MockServerHttpRequest.get(address)),
                        new HandlerMethod(new Operations(), method))
                .block();
        return result == null ? null : result.getReturnValue();
    }
}
