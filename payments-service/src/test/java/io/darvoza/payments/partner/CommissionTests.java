package io.darvoza.payments.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommissionTests {

    @ParameterizedTest
    @CsvSource({
        "1000000, 25000",
        "20, 1",
        "19, 0",
        "59, 1",
        "60, 2",
        "1, 0",
        "99999999999999, 2500000000000",
    })
    void roundsHalfUpToTheMinorUnit(long amount, long fee) {
        assertThat(new Commission(250, 0, null).feeOf(amount)).isEqualTo(fee);
    }

    @Test
    void staysWithinMinAndMax() {
        Commission commission = new Commission(250, 1000, 50_000L);

        assertThat(commission.feeOf(39_000)).isEqualTo(1000);
        assertThat(commission.feeOf(40_020)).isEqualTo(1001);
        assertThat(commission.feeOf(1_999_980)).isEqualTo(50_000);
        assertThat(commission.feeOf(90_000_000)).isEqualTo(50_000);
    }

    @Test
    void cannotBeNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Commission(-1, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Commission(10_001, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Commission(1, 2, 1L));
    }
}
