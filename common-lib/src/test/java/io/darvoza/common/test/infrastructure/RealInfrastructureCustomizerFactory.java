package io.darvoza.common.test.infrastructure;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link RealInfrastructure} on test classes; named in {@code META-INF/spring.factories}. */
final class RealInfrastructureCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        var wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, RealInfrastructure.class);
        return wanted == null ? null : new RealInfrastructureCustomizer(outermost(testClass), Set.of(wanted.value()));
    }

    /** Nested classes share the context, and so the database, of the class around them. */
    private static Class<?> outermost(Class<?> testClass) {
        Class<?> type = testClass;
        while (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            type = type.getEnclosingClass();
        }
        return type;
    }
}
