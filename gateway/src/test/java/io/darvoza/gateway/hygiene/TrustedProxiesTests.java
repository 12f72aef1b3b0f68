package io.darvoza.gateway.hygiene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTests {

    private final TrustedProxies proxies = new TrustedProxies(List.of("10.1.0.0/20", "192.0.2.7", "2001:db8::/33"));

    @ParameterizedTest(name = "{0} forwards «{1}»: {2}")
    @CsvSource({
        "10.1.0.1, '', 10.1.0.1",
        "10.1.0.1, 198.51.100.4, 198.51.100.4",
        // What the caller wrote itself stands before the address that our proxy saw.
        "10.1.0.1, '6.6.6.6, 198.51.100.4', 198.51.100.4",
        "10.1.0.1, '6.6.6.6,198.51.100.4 , 192.0.2.7', 198.51.100.4",
        "10.1.0.1, '10.1.0.2, 192.0.2.7', 10.1.0.2",
        "10.1.0.1, 'unknown', 10.1.0.1",
        "10.1.0.1, '6.6.6.6, gate.test, 192.0.2.7', 192.0.2.7",
        "10.1.15.255, 198.51.100.4, 198.51.100.4",
        "10.1.16.0, 198.51.100.4, 10.1.16.0",
        "192.0.2.8, 198.51.100.4, 192.0.2.8",
        "2001:db8:7fff::1, 198.51.100.4, 198.51.100.4",
        "2001:db8:8000::1, 198.51.100.4, 2001:db8:8000:0:0:0:0:1",
    })
    void takesTheLastAddressThatIsNotOurs(String peer, String forwardedFor, String caller) {
        assertThat(proxies.caller(InetAddress.ofLiteral(peer), forwardedFor)).isEqualTo(caller);
    }

    @Test
    void trustsNobodyUnlessTold() {
        TrustedProxies none = new TrustedProxies(List.of());
        assertThat(none.caller(InetAddress.ofLiteral("127.0.0.1"), "6.6.6.6")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate.test", "", "10.0.0.0/x", "10.0.0.0/33", "10.0.0.0/-1", "::/129"})
    void refusesAtTheStartWhatIsNoNetwork(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }
}
