package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES;
import static org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainHeadersTests {

    @Test
    void letsInWhatTheFirewallLetsInAndNothingElse() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).mapToObj(Character::toString))
                .allSatisfy(letter -> {
                    String between = "a" + letter + "z";
                    assertThat(PlainHeaders.NAMES.test(between)).isEqualTo(ALLOWED_HEADER_NAMES.test(between));
                    assertThat(PlainHeaders.VALUES.test(between)).isEqualTo(ALLOWED_HEADER_VALUES.test(between));
                });
        assertThat(PlainHeaders.VALUES.test(null)).isEqualTo(ALLOWED_HEADER_VALUES.test(null));
        assertThat(PlainHeaders.NAMES.test("X-Name")).isTrue();
        assertThat(PlainHeaders.VALUES.test("text/html\tи дальше")).isTrue();
        assertThat(PlainHeaders.VALUES.test("one\r\ntwo")).isFalse();
        assertThat(PlainHeaders.VALUES.test("\u007f")).isFalse();
    }
}
