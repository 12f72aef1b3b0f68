package io.darvoza.bankingdocs.scan;

import io.darvoza.bankingdocs.BankingDocsProblem;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Speaks clamd's INSTREAM: the file goes in chunks, each behind its length in four bytes, a chunk of length zero ends it, and
 * one line answers. Blocks, on a few threads of its own, with one chunk in memory per file.
 */
final class ClamdScanner implements VirusScanner, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ClamdScanner.class);
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int MOST_ANSWER_BYTES = 1024;
    private static final String CLEAN = "stream: OK";
    private static final String PREFIX = "stream: ";
    private static final String FOUND = " FOUND";
    private static final Duration COME_BACK_IN = Duration.ofSeconds(10);

    private final ScannerProperties properties;
    private final Scheduler threads;

    ClamdScanner(ScannerProperties properties) {
        this.properties = properties;
        this.threads = Schedulers.newBoundedElastic(properties.parallel(), 10_000, "virus-scan", 60, true);
    }

    @Override
    public Mono<Verdict> scan(Path file) {
        return Mono.fromCallable(() -> ask(file))
                .subscribeOn(threads)
                .onErrorMap(IOException.class, ClamdScanner::unavailable)
                .map(ClamdScanner::verdict);
    }

    private String ask(Path file) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(properties.host(), properties.port()),
                    Math.toIntExact(properties.connectTimeout().toMillis()));
            socket.setSoTimeout(Math.toIntExact(properties.readTimeout().toMillis()));
            send(file, new DataOutputStream(socket.getOutputStream()));
            return answer(socket.getInputStream());
        }
    }

    private static void send(Path file, DataOutputStream out) throws IOException {
        out.write(COMMAND);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                if (read > 0) {
                    out.writeInt(read);
                    out.write(chunk, 0, read);
                }
            }
        }
        out.writeInt(0);
        out.flush();
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int next = in.read(); next > 0; next = in.read()) {
            answer.write(next);
            if (answer.size() > MOST_ANSWER_BYTES) {
                throw new IOException("clamd says too much");
            }
        }
        return answer.toString(StandardCharsets.US_ASCII).strip();
    }

    private static Verdict verdict(String answer) {
        if (answer.equals(CLEAN)) {
            return Verdict.CLEAN;
        }
        if (answer.startsWith(PREFIX) && answer.endsWith(FOUND)) {
            String signature = answer.substring(PREFIX.length(), answer.length() - FOUND.length());
            log.warn("a file was refused: {}", signature);
            throw BankingDocsProblem.FILE_INFECTED.exception().with("signature", signature);
        }
        throw unavailable(new IOException("clamd answers: " + answer));
    }

    private static RuntimeException unavailable(Throwable fault) {
        log.warn("a file could not be scanned: {}", fault.toString());
        return BankingDocsProblem.SCANNER_UNAVAILABLE.exception().retryAfter(COME_BACK_IN);
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}
