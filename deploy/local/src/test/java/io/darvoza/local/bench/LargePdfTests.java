package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LargePdfTests {

    @Test
    void isExactlyAsLongAsAsked() throws IOException {
        assertThat(bytes(20_000_000, 1)).hasSize(20_000_000);
    }

    @Test
    void everyEntryOfItsTablePointsAtItsObject() throws IOException {
        var text = text(5_000, 7);
        var table = text.indexOf("xref\n");

        assertThat(text).contains("startxref\n%010d\n%%%%EOF".formatted(table));
        for (var number = 1; number <= 4; number++) {
            var entry = table + "xref\n0 5\n".length() + 20 * number;
            var offset = Integer.parseInt(text.substring(entry, entry + 10));
            assertThat(text.substring(offset)).startsWith(number + " 0 obj\n");
        }
    }

    @Test
    void itsStreamIsAsLongAsItSays() throws IOException {
        var text = text(5_000, 7);
        var length = Integer.parseInt(text.replaceAll("(?s).*/Length (\\d+).*", "$1"));

        assertThat(text.indexOf("\nendstream") - text.indexOf("stream\n") - "stream\n".length())
                .isEqualTo(length);
    }

    @Test
    void anotherSeedIsAnotherContentAndTheSameSeedTheSame() throws IOException {
        assertThat(bytes(2_000, 1)).isEqualTo(bytes(2_000, 1)).isNotEqualTo(bytes(2_000, 2));
    }

    @Test
    void noPdfIsShorterThanItsFrame() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LargePdf(100, 1).open());
    }

    private static String text(long length, long seed) throws IOException {
        return new String(bytes(length, seed), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(long length, long seed) throws IOException {
        try (var pdf = new LargePdf(length, seed).open()) {
            return pdf.readAllBytes();
        }
    }
}
