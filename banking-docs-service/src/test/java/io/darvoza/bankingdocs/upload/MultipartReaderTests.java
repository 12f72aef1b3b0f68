package io.darvoza.bankingdocs.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class MultipartReaderTests {

    private static final int MAX_HEAD = 200;
    private static final String TYPE = "multipart/form-data; boundary=aXa";

    /** Content that keeps beginning a delimiter without being one. */
    private static final String TRICKY = "\r\n--aX\r\n--a\r\r\n--aXb--aXa\n--aXa\r\n-\r\n--aX";

    private static final String BODY = "--aXa\r\n"
            + "Content-Disposition: form-data; name=\"metadata\"\r\n"
            + "Content-Type: application/json; charset=utf-8\r\n\r\n"
            + "{\"a\": \"ё\"}\r\n"
            + "--aXa\r\n"
            + "content-disposition:form-data; name=file; filename=\"договор.pdf\"\r\n\r\n"
            + TRICKY + "\r\n"
            + "--aXa\r\n"
            + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
            + "--aXa--\r\n";

    private static final List<String> PARTS = List.of(
            "metadata||application/json|{\"a\": \"ё\"}",
            "file|договор.pdf|application/octet-stream|" + TRICKY,
            "empty||application/octet-stream|");

    @Test
    void readsTheSamePartsWhereverTheBytesAreCut() {
        byte[] body = bytes(BODY);
        for (int size = 1; size <= body.length; size++) {
            assertThat(read(TYPE, body, size)).as("in pieces of %d", size).isEqualTo(PARTS);
        }
        for (int cut = 1; cut < body.length; cut++) {
            assertThat(read(TYPE, List.of(Arrays.copyOf(body, cut), Arrays.copyOfRange(body, cut, body.length))))
                    .as("cut at %d", cut)
                    .isEqualTo(PARTS);
        }
    }

    @Test
    void givesBackEveryContentOfADelimitersOwnCharacters() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        byte[] alphabet = bytes("\r\n-aX");
        for (int round = 0; round < 20_000; round++) {
            byte[] content = new byte[random.nextInt(40)];
            for (int i = 0; i < content.length; i++) {
                content[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String text = new String(content, StandardCharsets.UTF_8);
            if ((text + "\r\n--aX").contains("\r\n--aXa")) {
                continue;
            }
            byte[] body = bytes("--aXa\r\nContent-Disposition: form-data; name=f\r\n\r\n" + text + "\r\n--aXa--");
            assertThat(read(TYPE, body, 1 + random.nextInt(9)))
                    .as("round %d", round)
                    .containsExactly("f||application/octet-stream|" + text);
        }
    }

    @Test
    void skipsWhatStandsBeforeTheFirstAndAfterTheLastPart() {
        assertThat(read(TYPE, bytes("to whom it may concern\r\n" + BODY + "\r\n--aXa\r\nno part"), 7))
                .isEqualTo(PARTS);
        assertThat(read("multipart/form-data; boundary=\"a Xa\"", bytes(BODY.replace("aXa", "a Xa")), 50))
                .hasSize(3);
    }

    @Test
    void refusesABodyCutAnywhere() {
        byte[] body = bytes(BODY);
        for (int kept = 0; kept < body.length - 2; kept++) {
            byte[] cut = Arrays.copyOf(body, kept);
            assertThatThrownBy(() -> read(TYPE, cut, 64))
                    .as("the first %d", kept)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--aXa\nContent-Disposition: form-data; name=f\n\nx\n--aXa--",
                "--aXaContent-Disposition: form-data; name=f\r\n\r\nx\r\n--aXa--",
                "--aXa-\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--aXa--",
                "--aXa\r\n\r\nx\r\n--aXa--",
                "--aXa\r\nContent-Type: text/plain\r\n\r\nx\r\n--aXa--",
                "--aXa\r\nContent-Disposition: form-data\r\n\r\nx\r\n--aXa--",
                "--aXa\r\nContent-Disposition: form-data; name=f\r\nContent-Type: nonsense\r\n\r\nx\r\n--aXa--",
                "--aXa\r\nno colon here\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--aXa--",
                "no boundary at all",
                ""
            })
    void refusesWhatIsNoForm(String body) {
        assertThatThrownBy(() -> read(TYPE, bytes(body), 16)).isInstanceOf(ProblemException.class);
    }

    @Test
    void keepsNoMoreThanAHead() {
        String preamble = "x".repeat(MAX_HEAD + 1);
        String head = "--aXa\r\nX-Long: " + "x".repeat(MAX_HEAD) + "\r\n\r\n";
        assertThatThrownBy(() -> read(TYPE, bytes(preamble), 50)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read(TYPE, bytes(head), 50)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x"
            })
    void needsABoundary(String type) {
        assertThatThrownBy(() -> read(type, bytes(BODY), 64)).isInstanceOf(ProblemException.class);
    }

    private static List<String> read(String type, byte[] body, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < body.length; at += size) {
            pieces.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + size)));
        }
        return read(type, pieces);
    }

    private static List<String> read(String type, List<byte[]> pieces) {
        Recorded recorded = new Recorded();
        MultipartReader reader = new MultipartReader(MediaType.parseMediaType(type), MAX_HEAD, recorded);
        pieces.forEach(piece -> {
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            reader.accept(bytes);
            assertThat(bytes.remaining()).isZero();
        });
        reader.finish();
        return recorded.parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Recorded implements MultipartReader.Parts {

        private final List<String> parts = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private @Nullable PartHead head;

        @Override
        public void begin(PartHead begun) {
            assertThat(head).isNull();
            head = begun;
        }

        @Override
        public void content(ByteBuffer bytes) {
            assertThat(head).isNotNull();
            byte[] some = new byte[bytes.remaining()];
            bytes.get(some);
            content.writeBytes(some);
        }

        @Override
        public void end() {
            assertThat(head).isNotNull();
            parts.add("%s|%s|%s|%s"
                    .formatted(head.name(), head.filename(), head.type(), content.toString(StandardCharsets.UTF_8)));
            head = null;
            content.reset();
        }
    }
}
