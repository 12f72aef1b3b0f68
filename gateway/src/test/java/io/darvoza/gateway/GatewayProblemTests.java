package io.darvoza.gateway;

import io.darvoza.common.test.problem.ProblemCatalogue;
import org.junit.jupiter.api.Test;

class GatewayProblemTests {

    @Test
    void everyProblemHasTextsAndAPage() {
        ProblemCatalogue.check(GatewayProblem.class, "gateway-problems");
    }
}
