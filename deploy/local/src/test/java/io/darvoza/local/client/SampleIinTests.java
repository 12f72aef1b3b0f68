package io.darvoza.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleIinTests {

    /** Of both rows of weights. */
    @ParameterizedTest
    @ValueSource(strings = {"900101300017", "900101300811", "851231400207", "050315500014", "120229601806"})
    void endsWithTheRightDigit(String iin) {
        assertThat(SampleIin.complete(iin.substring(0, 11))).contains(iin);
    }

    @Test
    void givesNobodyANumberWithoutOne() {
        assertThat(SampleIin.complete("90010130080")).isEmpty();
    }

    @Test
    void isAnotherOneEachTime() {
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < 20_000; n++) {
            assertThat(seen.add(SampleIin.of(n))).as("%d", n).isTrue();
        }
    }
}
