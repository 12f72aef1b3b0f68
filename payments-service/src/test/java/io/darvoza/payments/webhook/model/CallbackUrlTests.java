package io.darvoza.payments.webhook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/hook",
                "HTTPS://shop.example:8443/hook?a=b",
                "https://8.8.8.8/hook",
                "https://[2606:4700::1111]/hook",
                "https://1.2.3.example/hook"
            })
    void takesPublicHttps(String url) {
        assertThat(CallbackUrl.refusal(url, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "/hook",
                "https:///hook",
                "http://shop.example/hook",
                "ftp://shop.example/hook",
                "file:///etc/passwd",
                "https://user@shop.example/hook",
                "https://shop.example/hook#part",
                "https://localhost/hook",
                "https://intranet/hook",
                "https://db.internal/hook",
                "https://printer.local/hook",
                "https://a.localhost/hook",
                "https://127.0.0.1/hook",
                "https://10.1.2.3/hook",
                "https://172.31.255.255/hook",
                "https://192.168.1.1/hook",
                "https://169.254.169.254/latest/meta-data",
                "https://0.0.0.0/hook",
                "https://2130706433/hook",
                "https://0x7f.1/hook",
                "https://0177.0.0.1/hook",
                "https://127.1/hook",
                "https://[::1]/hook",
                "https://[::ffff:127.0.0.1]/hook",
                "https://[fe80::1]/hook",
                "https://[fd00::1]/hook",
                "https://[64:ff9b::7f00:1]/hook",
                "https://[2002:7f00:1::]/hook",
                "https://shop.example /hook",
                "https://магазин.рф/hook"
            })
    void refusesWhatIsNotHttpsToTheInternet(String url) {
        assertThat(CallbackUrl.refusal(url, Set.of())).isPresent();
    }

    @Test
    void anExceptionIsItsWholeOriginAndNoOther() {
        Set<String> exceptions = Set.of("http://127.0.0.1:8190");

        assertThat(CallbackUrl.refusal("http://127.0.0.1:8190/partner/good", exceptions))
                .isEmpty();
        assertThat(CallbackUrl.refusal("http://127.0.0.1:8191/partner/good", exceptions))
                .isPresent();
        assertThat(CallbackUrl.refusal("https://127.0.0.1:8190/partner/good", exceptions))
                .isPresent();
        assertThat(CallbackUrl.refusal("http://127.0.0.1/partner/good", exceptions))
                .isPresent();
        assertThat(CallbackUrl.refusal("http://user@127.0.0.1:8190/", exceptions))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "3fff::1"
            })
    void specialAddressesAreNotPublic(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::"
            })
    void theirNeighboursArePublic(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
    }
}
