package io.darvoza.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuitePortsTests {

    @Test
    void theOfferedOffsetsRunSideBySide() {
        var all = new HashSet<Integer>();
        for (var offset : new int[] {0, 2000, 5000, 10_000}) {
            var ports = new SuitePorts(offset);
            Arrays.stream(SuitePort.values())
                    .forEach(port -> assertThat(all.add(ports.of(port)))
                            .as("%s + %d", port, offset)
                            .isTrue());
        }
    }

    @Test
    void anOffsetMovesThePublicAddress() {
        assertThat(SuitePorts.parse("2000").publicUrl()).hasToString("http://127.0.0.1:10080");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, onto port 9101, which a suite without offset uses",
        "-1, outside the ports",
        "60000, outside the ports",
        "many, is not a number",
    })
    void otherOffsetsAreRefusedWithTheReason(String offset, String reason) {
        assertThatThrownBy(() -> SuitePorts.parse(offset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SUITE_PORT_OFFSET=" + offset)
                .hasMessageContaining(reason);
    }
}
