package io.darvoza.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.problem.ProblemCatalogue;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

class CommonProblemTests {

    @Test
    void everyProblemHasTextsAndAPage() {
        ProblemCatalogue.check(CommonProblem.class, "problems");
    }

    @Test
    void aStatusOfTheFrameworkBecomesItsGenericProblem() {
        assertThat(CommonProblem.of(HttpStatus.NOT_FOUND)).isEqualTo(CommonProblem.NOT_FOUND);
        assertThat(CommonProblem.of(HttpStatus.CONFLICT)).isEqualTo(CommonProblem.CONFLICT);
        assertThat(CommonProblem.of(HttpStatusCode.valueOf(418))).isEqualTo(CommonProblem.REQUEST_REFUSED);
        assertThat(CommonProblem.of(HttpStatusCode.valueOf(507))).isEqualTo(CommonProblem.INTERNAL_ERROR);
    }
}
