package io.darvoza.common.desk;

import io.darvoza.common.security.AccessRule;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Operation;
import io.darvoza.common.security.OperationCatalogue;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/** What the pages may offer to whom: exactly what the operations answer, so no link leads to a refusal. */
public final class Doors {

    private final Supplier<Map<String, AccessRule>> rules;

    Doors(ObjectProvider<OperationCatalogue> catalogue) {
        rules = SingletonSupplier.of(() -> catalogue.getObject().operations().stream()
                .filter(operation -> operation.rule() != null)
                .collect(Collectors.toUnmodifiableMap(
                        Operation::toString,
                        operation -> Objects.requireNonNull(operation.rule()),
                        (first, _) -> first)));
    }

    public May of(Caller caller) {
        return new May(rules.get(), caller);
    }

    /** What one person may do. */
    public static final class May {

        private final Map<String, AccessRule> rules;
        private final Caller caller;

        private May(Map<String, AccessRule> rules, Caller caller) {
            this.rules = rules;
            this.caller = caller;
        }

        /** Whether the person may call the operation, such as {@code GET /v1/payments/ops/orders}; a slip in it fails. */
        public boolean to(String operation) {
            AccessRule rule = rules.get(operation);
            if (rule == null) {
                throw new IllegalArgumentException("No operation " + operation);
            }
            return rule.allows(caller);
        }
    }
}
