package io.darvoza.common.problem;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Runs an operation of the API, which is what lies under {@code /v1}, only when it declares every query parameter of the request: by
 * {@link RequestParam}, or as a component of a record that is its {@link ModelAttribute}. A misspelt criterion must not silently show
 * everything. Raises {@link CommonProblem#UNKNOWN_PARAMETER}. Pages take an address as others have passed it on.
 */
final class DeclaredParameters extends RequestMappingHandlerAdapter {

    private static final String API = "/v1/";

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        if (!exchange.getRequest().getPath().value().startsWith(API)) {
            return super.handle(exchange, handler);
        }
        Set<String> known = declared.computeIfAbsent(((HandlerMethod) handler).getMethod(), DeclaredParameters::of);
        return exchange.getRequest().getQueryParams().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> Mono.<HandlerResult>error(
                        CommonProblem.UNKNOWN_PARAMETER.exception(name).with("parameter", name)))
                .orElseGet(() -> super.handle(exchange, handler));
    }

    private static Set<String> of(Method operation) {
        return Arrays.stream(operation.getParameters())
                .flatMap(DeclaredParameters::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(Parameter argument) {
        if (argument.isAnnotationPresent(ModelAttribute.class)) {
            return Arrays.stream(BeanUtils.getResolvableConstructor(argument.getType())
                            .getParameters())
                    .map(component -> name(component, BindParam.class, BindParam::value));
        }
        return argument.isAnnotationPresent(RequestParam.class)
                ? Stream.of(name(argument, RequestParam.class, RequestParam::name))
                : Stream.empty();
    }

    private static <A extends Annotation> String name(Parameter parameter, Class<A> type, Function<A, String> word) {
        A annotation = AnnotatedElementUtils.findMergedAnnotation(parameter, type);
        String said = annotation == null ? "" : word.apply(annotation);
        return said.isEmpty() ? parameter.getName() : said;
    }
}
