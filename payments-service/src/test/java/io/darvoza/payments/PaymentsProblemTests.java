package io.darvoza.payments;

import io.darvoza.common.test.problem.ProblemCatalogue;
import org.junit.jupiter.api.Test;

class PaymentsProblemTests {

    @Test
    void everyProblemHasTextsInBothLanguagesAndAPage() {
        ProblemCatalogue.check(PaymentsProblem.class, "payments-problems");
    }
}
