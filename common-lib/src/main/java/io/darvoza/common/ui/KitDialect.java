package io.darvoza.common.ui;

import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExecutionAttributeDialect;
import reactor.core.publisher.Mono;

/**
 * Puts {@code kit} into the model of every view as it is rendered, error pages too. A controller advice would do so for
 * every call of every API as well.
 */
final class KitDialect extends AbstractDialect implements IExecutionAttributeDialect {

    /** Thymeleaf adds execution attributes with this prefix to the model of reactive views. */
    private static final String MODEL_ADDITION = "ThymeleafReactiveModelAdditions:";

    private final Function<ServerWebExchange, Kit> kits;

    KitDialect(Function<ServerWebExchange, Kit> kits) {
        super("Darvoza kit");
        this.kits = kits;
    }

    @Override
    public Map<String, Object> getExecutionAttributes() {
        return Map.of(MODEL_ADDITION + "kit", (Function<ServerWebExchange, Publisher<Kit>>) this::kit);
    }

    private Publisher<Kit> kit(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> kits.apply(exchange));
    }
}
