package io.darvoza.common.security;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All operations of the application, each with its access rule: what is enforced is what is listed. */
public final class OperationCatalogue {

    private static final AccessRule SIGNED_IN = new AccessRule.SignedIn();
    private static final AccessRule ANYONE = new AccessRule.Anyone();
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Supplier<List<RequestMappingHandlerMapping>> mappings;
    private final List<PathPattern> open;
    private final Map<HandlerKey, AccessRule> rules = new ConcurrentHashMap<>();

    private record HandlerKey(Class<?> type, Method method) {}

    public OperationCatalogue(ObjectProvider<RequestMappingHandlerMapping> mappings, AccessProperties access) {
        // Late, since the mappings themselves need beans that security guards.
        this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
        this.open = access.open().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    /** Every operation, ordered by path and method. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        mappings.get()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .forEach((info, handler) -> operations.addAll(operationsOf(info, handler))));
        operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        return List.copyOf(operations);
    }

    /**
     * The rule of the operation that the request reaches. What reaches none (an unknown path, a wrong method or media type) is
     * for callers with a token, who then learn what is wrong; others learn nothing.
     */
    Mono<AccessRule> ruleFor(ServerWebExchange exchange) {
        return Flux.fromIterable(mappings.get())
                .concatMap(mapping -> mapping.getHandler(exchange))
                .next()
                .ofType(HandlerMethod.class)
                .mapNotNull(this::declaredRule)
                .onErrorComplete()
                .switchIfEmpty(Mono.fromSupplier(() -> isOpen(exchange) ? ANYONE : SIGNED_IN));
    }

    private @Nullable AccessRule declaredRule(HandlerMethod handler) {
        HandlerKey key = new HandlerKey(handler.getBeanType(), handler.getMethod());
        return rules.computeIfAbsent(key, _ -> AccessRule.of(handler));
    }

    private boolean isOpen(ServerWebExchange exchange) {
        return READING.contains(exchange.getRequest().getMethod())
                && isOpen(exchange.getRequest().getPath().pathWithinApplication());
    }

    private boolean isOpen(PathContainer path) {
        return open.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private List<Operation> operationsOf(RequestMappingInfo info, HandlerMethod handler) {
        List<Operation> operations = new ArrayList<>();
        for (PathPattern path : info.getPatternsCondition().getPatterns()) {
            Set<HttpMethod> methods = httpMethods(info);
            for (HttpMethod method : methods) {
                operations.add(
                        new Operation(method.name(), path.getPatternString(), handler, rule(method, path, handler)));
            }
            if (methods.isEmpty()) {
                operations.add(new Operation("*", path.getPatternString(), handler, declaredRule(handler)));
            }
        }
        return operations;
    }

    private @Nullable AccessRule rule(HttpMethod method, PathPattern path, HandlerMethod handler) {
        AccessRule declared = declaredRule(handler);
        boolean opened = READING.contains(method) && isOpen(PathContainer.parsePath(path.getPatternString()));
        return declared == null && opened ? ANYONE : declared;
    }

    private static Set<HttpMethod> httpMethods(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::asHttpMethod)
                .collect(Collectors.toUnmodifiableSet());
    }
}
