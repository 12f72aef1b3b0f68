package io.darvoza.common.security;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.reactive.function.server.RouterFunction;

/** Keeps an application from starting while one of its operations has no access rule. */
final class OperationAccessCheck implements SmartInitializingSingleton {

    private final OperationCatalogue catalogue;
    private final ObjectProvider<RouterFunction<?>> routers;

    OperationAccessCheck(OperationCatalogue catalogue, ObjectProvider<RouterFunction<?>> routers) {
        this.catalogue = catalogue;
        this.routers = routers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Operation> open = catalogue.operations().stream()
                .filter(operation -> operation.rule() == null)
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException(
                    open.stream()
                            .map(operation -> "%s (%s)"
                                    .formatted(operation, operation.handler().getShortLogMessage()))
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "No access rule for ",
                                            ": add @AllowedTo, @AllowedToSignedIn or @AllowedToAnyone to the method or its controller")));
        }
        if (routers.stream().findAny().isPresent()) {
            throw new IllegalStateException(
                    "A RouterFunction has no place for an access rule: write a controller instead");
        }
    }
}
