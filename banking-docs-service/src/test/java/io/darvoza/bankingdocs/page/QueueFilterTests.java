package io.darvoza.bankingdocs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class QueueFilterTests {

    @Test
    void withoutAStatusItIsTheQueueOldestFirst() {
        QueueFilter queue = filter("limit=100");

        assertThat(queue.isPlainQueue()).isTrue();
        assertThat(queue.isOldestFirst()).isTrue();
        assertThat(queue.query()).isEqualTo(Map.of("limit", "100", "status", "pending", "order", "oldest"));
    }

    @Test
    void withAStatusItIsAListNewestFirst() {
        assertThat(filter("status=all&q=+rent+&user_id=").query())
                .isEqualTo(Map.of("q", "rent", "limit", "50", "order", "newest"));
        assertThat(filter("status=approved&order=oldest").isOldestFirst()).isTrue();
        assertThat(filter("status=approved").isPlainQueue()).isFalse();
    }

    @Test
    void aCriterionThatIsMisspeltIsRefused() {
        assertThatThrownBy(() -> filter("stauts=all")).isInstanceOf(ProblemException.class);
    }

    private static QueueFilter filter(String query) {
        return QueueFilter.of(
                new LinkedMultiValueMap<>(UriComponentsBuilder.fromUriString("/?" + query.replace('+', ' '))
                        .build()
                        .getQueryParams()));
    }
}
