package io.darvoza.payments.samples;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A partner's sample, run as a partner would: by its own runtime. A missing runtime fails the test. */
enum Sample {
    /** Compiled once, for the oldest JDK that it is promised for: the compiler at each start would cost most of the time. */
    JAVA(
            "DarvozaClient.java",
            Path.of(System.getProperty("java.home"), "bin", "java").toString()) {
        @Override
        List<String> program() {
            return List.of(
                    "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", Compiled.CLASSES, "DarvozaClient");
        }
    },
    JAVASCRIPT("darvoza-client.mjs", "node"),
    PYTHON("darvoza_client.py", "python3"),
    PHP("darvoza-client.php", "php");

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
    private final String runtime;

    Sample(String file, String runtime) {
        this.file = file;
        this.runtime = runtime;
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
        List<String> command = new ArrayList<>(List.of(requireRuntime()));
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

    private String requireRuntime() {
        if (Path.of(runtime).isAbsolute()) {
            return runtime;
        }
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, runtime))) {
                return runtime;
            }
        }
        throw new AssertionError("The sample " + file + " needs the program \"" + runtime
                + "\" on the PATH; install it, for example with apt-get install " + debianPackage() + ".");
    }

    private String debianPackage() {
        return switch (this) {
            case JAVASCRIPT -> "nodejs";
            case PHP -> "php-cli";
            default -> runtime;
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
