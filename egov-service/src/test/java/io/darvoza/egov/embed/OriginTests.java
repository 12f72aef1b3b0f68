package io.darvoza.egov.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://forms.example.kz",
                "https://forms.example.kz:8443",
                "https://xn--80ak6aa92e.kz",
                "https://[2001:db8::1]:8443",
                "http://127.0.0.1:3000",
                "http://127.0.0.1"
            })
    void takesWhatBrowsersSend(String text) {
        assertThat(Origin.parse(text, Set.of("127.0.0.1"))).contains(new Origin(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "",
                "https://*.example.kz",
                "https://forms.example.kz/",
                "https://forms.example.kz/form",
                "https://forms.example.kz?x",
                "https://forms.example.kz:443",
                "https://forms.example.kz:",
                "https://forms.example.kz:08443",
                "https://Forms.example.kz",
                "HTTPS://forms.example.kz",
                "https://user@forms.example.kz",
                "https://формы.kz",
                "http://forms.example.kz",
                "http://127.0.0.1:80",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://forms.example.kz\r\nX: y"
            })
    void takesNothingElse(String text) {
        assertThat(Origin.parse(text, Set.of("127.0.0.1"))).isEmpty();
    }
}
