package io.darvoza.payments.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.program.DebianProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A partner's sample, run as a partner would: by its own runtime. */
enum Sample {
    /** Compiled once, for the oldest JDK that it is promised for: the compiler at each start would cost most of the time. */
    JAVA("DarvozaClient.java") {
        @Override
        List<String> program() {
            return List.of(
                    "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", Compiled.CLASSES, "DarvozaClient");
        }
    },
    JAVASCRIPT("darvoza-client.mjs"),
    PYTHON("darvoza_client.py"),
    PHP("darvoza-client.php");

    private static final long LIMIT_SECONDS = 60;

    private static final class Compiled {

        static final String CLASSES = compile();

        private static String compile() {
            try {
                Path classes = Files.createTempDirectory(Path.of("target"), "sample-");
                int failed = ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "21", "-d", classes.toString(), JAVA.script());
                assertThat(failed).as("compiled for JDK 21").isZero();
                return classes.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String file;

    Sample(String file) {
        this.file = file;
    }

    /** PHP is with the long tests: most build machines lack it. */
    static Stream<Sample> toRun() {
        return Stream.of(values()).filter(sample -> sample != PHP || Boolean.getBoolean("suite.long"));
    }

    /** What it writes, without the last line feed. */
    String run(Map<String, String> environment, String input, String... arguments) {
        return run(program(), environment, input, arguments);
    }

    /** The same from the file as it is published. */
    String runFile(Map<String, String> environment, String input, String... arguments) {
        return run(List.of(script()), environment, input, arguments);
    }

    /** What the runtime is told to run. */
    List<String> program() {
        return List.of(script());
    }

    private String run(List<String> program, Map<String, String> environment, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(runtime()));
        command.addAll(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Path body = Files.writeString(Files.createTempFile("darvoza-sample", ".body"), input);
            Process process = builder.redirectInput(body.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(file + " failed and wrote:\n" + output);
            }
            Files.delete(body);
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String runtime() {
        return switch (this) {
            case JAVA -> Path.of(System.getProperty("java.home"), "bin", "java").toString();
            case JAVASCRIPT -> DebianProgram.find("node", "nodejs").toString();
            case PYTHON -> DebianProgram.find("python3", "python3").toString();
            case PHP -> DebianProgram.find("php", "php-cli").toString();
        };
    }

    private String script() {
        try {
            return Path.of(Sample.class.getResource("/samples/" + file).toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
