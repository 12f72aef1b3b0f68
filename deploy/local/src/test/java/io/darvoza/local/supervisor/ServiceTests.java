package io.darvoza.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.darvoza.local.process.StartFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTests {

    @Test
    void withoutANameAllRun() {
        assertThat(Service.chosen(List.of())).containsAll(Service.BUSINESS).contains(Service.OUTSIDE);
    }

    @Test
    void onlyTheNamedOnesRun() {
        assertThat(Service.chosen(List.of("sandbox", "egov-service")))
                .extracting(Service::name)
                .containsExactly("egov-service", "sandbox");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Service.chosen(List.of("egov")))
                .withMessageContaining("no service egov")
                .withMessageContaining("egov-service, banking-docs-service, sandbox");
    }
}
