package io.darvoza.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BlindIndexTests {

    private final BlindIndex index = new BlindIndex(key(32, 7));

    @Test
    void givesEqualValuesOfAColumnTheSameIndex() {
        assertThat(index.of("user_account", "inn", "770000000082"))
                .isEqualTo(index.of("user_account", "inn", "770000000082"))
                .hasSize(32);
    }

    @Test
    void givesAnotherIndexToAnotherValueColumnOrKey() {
        byte[] one = index.of("user_account", "inn", "770000000082");

        assertThat(index.of("user_account", "inn", "001234567887")).isNotEqualTo(one);
        assertThat(index.of("user_account", "iin", "770000000082")).isNotEqualTo(one);
        assertThat(new BlindIndex(key(32, 8)).of("user_account", "inn", "770000000082"))
                .isNotEqualTo(one);
    }

    @Test
    void staysTheSameForEverSinceRowsAreSearchedByIt() {
        assertThat(HexFormat.of().formatHex(index.of("t", "c", "v")))
                .isEqualTo("ff77eda2c6d03d5bfb8837e0e5b5ca627c36396e5069c4553305feac9aead295");
    }

    @Test
    void takesNoShortKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlindIndex(key(31, 7)));
    }

    private static String key(int length, int seed) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
