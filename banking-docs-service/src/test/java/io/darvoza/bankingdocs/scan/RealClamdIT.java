package io.darvoza.bankingdocs.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.committed.CommittedFile;
import io.darvoza.local.bench.Tools;
import io.darvoza.local.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's clamd, which knows one signature, that of the EICAR test file. With {@code ./suite test --long}. */
@EnabledIfSystemProperty(named = "suite.long", matches = "true")
class RealClamdIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** In two pieces, so that no scanner takes this file for the test file. */
    private static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static Process clamd;
    private static ClamdScanner scanner;

    @BeforeAll
    static void start() throws IOException {
        Tools tools = Tools.find(CommittedFile.root().resolve(".suite/tools"), "clamd");
        int port = FreePorts.next();
        Path signatures = Files.createDirectory(folder.resolve("signatures"));
        Files.writeString(
                signatures.resolve("own.ndb"), "Own.Eicar:0:*:" + HexFormat.of().formatHex(EICAR) + "\n");
        Path configuration = Files.writeString(folder.resolve("clamd.conf"), """
                Foreground yes
                TCPSocket %d
                TCPAddr 127.0.0.1
                DatabaseDirectory %s
                TemporaryDirectory %s
                StreamMaxLength 1M
                """.formatted(port, signatures, folder));
        ProcessBuilder builder = new ProcessBuilder(tools.path("clamd"), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("clamd.log").toFile());
        builder.environment().putAll(tools.environment());
        clamd = builder.start();
        await().atMost(BOUND).until(() -> answers(port));
        scanner = new ClamdScanner(
                new ScannerProperties(true, "127.0.0.1", port, Duration.ofSeconds(2), Duration.ofSeconds(30), 4));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            assertThat(clamd.isAlive()).isTrue();
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        scanner.destroy();
        clamd.destroy();
        assertThat(clamd.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aGoodFileIsClean() throws IOException {
        assertThat(scan(FileFixtures.pdfOfSize(300_000, 1))).isEqualTo(VirusScanner.Verdict.CLEAN);
    }

    @Test
    void theTestFileIsFoundAlsoInsideOfAnother() throws IOException {
        byte[] hidden = FileFixtures.join("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), EICAR, new byte[1000]);

        for (byte[] infected : new byte[][] {EICAR, hidden}) {
            assertThat(refused(infected)).isEqualTo(BankingDocsProblem.FILE_INFECTED.code());
        }
    }

    /** What is larger than clamd takes is not scanned, so it does not come in. */
    @Test
    void whatClamdDoesNotTakeIsNotTrusted() throws IOException {
        assertThat(refused(new byte[3 << 20])).isEqualTo(BankingDocsProblem.SCANNER_UNAVAILABLE.code());
    }

    private static VirusScanner.Verdict scan(byte[] content) throws IOException {
        return Await.within(scanner.scan(Files.write(folder.resolve("file"), content)), BOUND);
    }

    private static String refused(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        return catchThrowableOfType(ProblemException.class, () -> Await.within(scanner.scan(file), BOUND))
                .type()
                .code();
    }
}
