package io.darvoza.endtoend.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.darvoza.common.test.program.DebianProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of the tests: the distribution's own. */
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
            Path executable = DebianProgram.find(NAMES, List.of("chromium-headless-shell", "chromium"));
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
}
