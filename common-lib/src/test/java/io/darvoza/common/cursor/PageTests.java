package io.darvoza.common.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    @Test
    void oneRowMoreThanAskedForMeansANextPage() {
        var request = PageRequest.of(2, null);

        var page = Page.of(request, List.of("a", "b", "c"), last -> "after-" + last);

        assertThat(request.rowsToRead()).isEqualTo(3);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.nextCursor()).isEqualTo("after-b");
    }

    @Test
    void theLastPageHasNoCursor() {
        assertThat(Page.of(PageRequest.of(3, null), List.of("a", "b", "c"), last -> last)
                        .nextCursor())
                .isNull();
        assertThat(Page.of(PageRequest.of(3, null), List.<String>of(), last -> last)
                        .nextCursor())
                .isNull();
    }

    @Test
    void aPageHasFiftyItemsUnlessAskedOtherwise() {
        assertThat(PageRequest.of(null, null).limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE})
    void limitsAreOneToTwoHundred(int limit) {
        assertThatThrownBy(() -> PageRequest.of(limit, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(CommonProblem.VALIDATION_FAILED));
    }
}
