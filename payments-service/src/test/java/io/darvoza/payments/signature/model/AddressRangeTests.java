package io.darvoza.payments.signature.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTests {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,      203.0.113.7,   true",
        "203.0.113.7,      203.0.113.6,   false",
        "203.0.113.0/24,   203.0.113.255, true",
        "203.0.113.0/24,   203.0.112.255, false",
        "203.0.113.128/25, 203.0.113.127, false",
        "0.0.0.0/0,        8.8.8.8,       true",
        "0.0.0.0/0,        2001:db8::1,   false",
        "2001:db8::/33,    2001:db8:7fff::1, true",
        "2001:db8::/33,    2001:db8:8000::1, false"
    })
    void containsItsAddressesAndNoOther(String range, String address, boolean contained) {
        assertThat(AddressRange.of(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "example.org/8",
                "203.0.113.0/33",
                "2001:db8::/129",
                "203.0.113.0/-1",
                "203.0.113.0/x",
                ""
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text));
    }
}
