package io.darvoza.egov;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.problem.ProblemCatalogue;
import io.darvoza.egov.provider.model.Reason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

class EgovProblemTests {

    @Test
    void everyProblemHasTextsInBothLanguagesAndAPage() {
        ProblemCatalogue.check(EgovProblem.class, "egov-problems");
    }

    @Test
    void problemsAreToldInKazakhToo() throws IOException {
        assertThat(texts("egov-problems_kk").stringPropertyNames())
                .isEqualTo(texts("egov-problems_ru").stringPropertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ru", "kk", "en"})
    void everyReasonIsExplainedInEveryLanguage(String language) throws IOException {
        assertThat(texts("egov-reasons_" + language).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Reason.values()).map(Reason::name).toList());
    }

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (var in = new ClassPathResource(name + ".properties").getInputStream()) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
