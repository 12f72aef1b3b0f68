package io.darvoza.bankingdocs.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.local.process.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a small clamd that keeps what it gets and answers what it is told. */
class ClamdScannerTests {

    private static final int LIMIT = 1 << 20;

    @TempDir
    Path folder;

    private ServerSocket clamd;
    private ClamdScanner scanner;
    private final CompletableFuture<byte[]> got = new CompletableFuture<>();

    @BeforeEach
    void listen() throws IOException {
        clamd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        scanner = scanner(clamd.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        scanner.destroy();
        clamd.close();
    }

    @Test
    void sendsTheWholeFileAndTrustsAClearAnswer() throws IOException, InterruptedException, ExecutionException {
        byte[] content = new byte[200_001];
        Arrays.fill(content, (byte) 7);
        answering("stream: OK\0");

        assertThat(scan(content)).isEqualTo(VirusScanner.Verdict.CLEAN);
        assertThat(got.get()).isEqualTo(content);
    }

    @Test
    void refusesWhatClamdFindsAndSaysWhatItWas() throws IOException {
        answering("stream: Eicar-Test-Signature FOUND\0");

        assertThat(refusal(new byte[10])).isEqualTo(BankingDocsProblem.FILE_INFECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stream: \0",
                "OK\0",
                "stream: OK FOUNDATION\0",
                "INSTREAM size limit exceeded. ERROR\0",
                "UNKNOWN COMMAND\0"
            })
    void takesNothingElseForAnAnswer(String answer) throws IOException {
        answering(answer);

        assertThat(refusal(new byte[10])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    @Test
    void takesAnEndlessAnswerForNone() throws IOException {
        answering("x".repeat(100_000));

        assertThat(refusal(new byte[10])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    @Test
    void failsClosedWhenClamdIsSilent() throws IOException {
        // It takes the connection and never says a word.
        assertThat(refusal(new byte[10])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    @Test
    void failsClosedWhenClamdBreaksOffInTheMiddle() throws IOException {
        breakingOff("");

        assertThat(refusal(new byte[4 * LIMIT])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    @Test
    void doesNotTrustAnAnswerThatComesBeforeTheEnd() throws IOException {
        breakingOff("stream: OK\0");

        assertThat(refusal(new byte[16 * LIMIT])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    @Test
    void failsClosedWhenNobodyListens() throws IOException {
        scanner.destroy();
        scanner = scanner(FreePorts.next());

        assertThat(refusal(new byte[10])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE);
    }

    private static ClamdScanner scanner(int port) {
        return new ClamdScanner(
                new ScannerProperties(true, "127.0.0.1", port, Duration.ofMillis(500), Duration.ofMillis(500), 2));
    }

    private VirusScanner.Verdict scan(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        return Await.within(scanner.scan(file), Duration.ofSeconds(10));
    }

    private Object refusal(byte[] content) {
        return catchThrowableOfType(ProblemException.class, () -> scan(content)).type();
    }

    private void answering(String answer) {
        Thread.ofVirtual().start(() -> {
            try (Socket caller = clamd.accept()) {
                got.complete(received(new DataInputStream(caller.getInputStream())));
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                got.completeExceptionally(e);
            }
        });
    }

    private void breakingOff(String answer) {
        Thread.ofVirtual().start(() -> {
            try (Socket caller = clamd.accept()) {
                got.complete(caller.getInputStream().readNBytes(1000));
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                got.completeExceptionally(e);
            }
        });
    }

    private static byte[] received(DataInputStream in) throws IOException {
        assertThat(new String(in.readNBytes(10), StandardCharsets.US_ASCII)).isEqualTo("zINSTREAM\0");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            content.writeBytes(in.readNBytes(length));
        }
        return content.toByteArray();
    }
}
