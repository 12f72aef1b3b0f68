package io.darvoza.endtoend.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The browser of the tests: the distribution's own, installed by its package manager where it is missing. Never skipped:
 * where it cannot be had, the tests fail with a sentence that says what to do.
 */
final class Chromium {

    /** The shell first: it draws pages only, where the browser draws its own windows, too, at several times the cost. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", // tests may run as root, which Chromium's sandbox refuses
            "--disable-gpu", // there is none, and its replacement in software costs a processor
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static Browser running;

    private Chromium() {}

    /** The one browser of this JVM, which ends with it. */
    static synchronized Browser running() {
        if (running == null) {
            Path executable = onPath().or(Chromium::install)
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "The browser tests need Chromium: install it with «apt-get install chromium-headless-shell» as root."));
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            running = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable)
                            .setArgs(ARGUMENTS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return running;
    }

    private static Optional<Path> onPath() {
        String[] folders = System.getenv("PATH").split(File.pathSeparator);
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        boolean installed = succeeds("apt-get", "update")
                && (succeeds("apt-get", "install", "-y", NAMES.getFirst())
                        || succeeds("apt-get", "install", "-y", "chromium"));
        return installed ? onPath() : Optional.empty();
    }

    private static boolean succeeds(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            if (process.waitFor(10, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException noPackageManager) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
