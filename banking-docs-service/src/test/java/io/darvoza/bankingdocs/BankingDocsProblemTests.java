package io.darvoza.bankingdocs;

import io.darvoza.common.test.problem.ProblemCatalogue;
import org.junit.jupiter.api.Test;

class BankingDocsProblemTests {

    @Test
    void everyProblemHasTextsInBothLanguagesAndAPage() {
        ProblemCatalogue.check(BankingDocsProblem.class, "banking-docs-problems");
    }
}
