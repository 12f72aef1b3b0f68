package io.darvoza.common.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetCursorTests {

    private final KeysetCursors cursors = new KeysetCursors(key(1));

    @Test
    void aCursorTellsThePositionOfItsQuery() {
        String cursor = cursors.forQuery("documents", "NEW", null).after("2026-11-20T10:00:00Z", 42L, "ключ");

        assertThat(cursors.forQuery("documents", "NEW", null).read(cursor))
                .containsExactly("2026-11-20T10:00:00Z", "42", "ключ");
    }

    @Test
    void noCursorIsTheFirstPage() {
        assertThat(cursors.forQuery("documents").read(null)).isEmpty();
    }

    @Test
    void aCursorFitsNoOtherQuery() {
        String cursor = cursors.forQuery("documents", "NEW", null).after("1");

        for (KeysetCursor other : List.of(
                cursors.forQuery("links", "NEW", null),
                cursors.forQuery("documents", "OLD", null),
                cursors.forQuery("documents", null, "NEW"),
                cursors.forQuery("documents", "NEW", ""),
                cursors.forQuery("documents", "NEW"))) {
            assertRefused(other, cursor);
        }
    }

    @Test
    void anotherKeyRefusesIt() {
        String cursor = cursors.forQuery("documents").after("1");

        assertRefused(new KeysetCursors(key(2)).forQuery("documents"), cursor);
    }

    @Test
    void everyChangedByteIsNoticed() {
        KeysetCursor query = cursors.forQuery("documents");
        byte[] cursor = Base64.getUrlDecoder().decode(query.after("1", "2"));

        for (int i = 0; i < cursor.length; i++) {
            byte[] changed = cursor.clone();
            changed[i] ^= 1;
            assertRefused(query, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "not base64!", "AAAAAAAAAAAAAAAAAAAAAA", "%00"})
    void nonsenseIsRefused(String cursor) {
        assertRefused(cursors.forQuery("documents"), cursor);
    }

    @Test
    void anEndlessTextIsRefused() {
        assertRefused(cursors.forQuery("documents"), "A".repeat(100_000));
    }

    @Test
    void theFilterCannotBeReadOutOfACursor() {
        String cursor = cursors.forQuery("documents", "secret-filter").after("1");

        assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret-filter");
    }

    private static void assertRefused(KeysetCursor query, String cursor) {
        assertThatThrownBy(() -> query.read(cursor))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(CommonProblem.INVALID_CURSOR));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
