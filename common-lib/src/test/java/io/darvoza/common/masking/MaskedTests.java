package io.darvoza.common.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MaskedTests {

    private record Person(Inn inn, PersonalText address) {}

    private static final Person PERSON = new Person(new Inn("770000000082"), new PersonalText("Москва"));

    @Test
    void showsNoneOfItInTextOrJson() {
        assertThat(PERSON.toString()).contains("••••••••••82").doesNotContain("7700", "Москва");
        assertThat(JsonMapper.shared().writeValueAsString(PERSON))
                .isEqualTo("{\"inn\":\"••••••••••82\",\"address\":\"•••\"}");
    }

    @Test
    void revealsTheValueToWhoeverAsks() {
        assertThat(PERSON.inn().reveal()).isEqualTo("770000000082");
    }

    @Test
    void masksAShortValueWholly() {
        assertThat(Masked.tail("12", 2)).isEqualTo("••");
        assertThat(Masked.tail("123", 2)).isEqualTo("•23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7700000009", "0012345673", "770000000082", "001234567887"})
    void knowsTaxNumbersByTheirCheckDigits(String inn) {
        assertThat(Inn.isValid(inn)).isTrue();
        assertThat(Inn.isValid(
                        inn.substring(0, inn.length() - 1) + (char) ('0' + ('9' - inn.charAt(inn.length() - 1)))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "77000000", "77000000090", "77000000OO", "７７０００００００９", "770000000092"})
    void refusesEverythingElse(String inn) {
        assertThat(Inn.isValid(inn)).isFalse();
    }
}
