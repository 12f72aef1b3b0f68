package io.darvoza.common.test;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Switches the watch over blocking calls on before the first test runs. Not when it is loaded: a build that spreads a module's
 * tests over several JVMs loads listeners in its own process, too, to find the tests.
 */
public final class BlockHoundListener implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        BlockHound.install();
    }
}
