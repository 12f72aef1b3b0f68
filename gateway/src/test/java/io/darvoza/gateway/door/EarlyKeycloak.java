package io.darvoza.gateway.door;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Starts the Keycloak of the people's door beside the first integration tests, which need none: it takes longer than they do. */
public final class EarlyKeycloak implements TestExecutionListener {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        boolean integration = plan.countTestIdentifiers(EarlyKeycloak::isIntegration) > 0;
        if (integration && BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("early-keycloak").start(PeoplesDoor::open);
        }
    }

    private static boolean isIntegration(TestIdentifier test) {
        return test.getSource()
                .filter(source -> source instanceof ClassSource tests
                        && tests.getClassName().endsWith("IT"))
                .isPresent();
    }
}
