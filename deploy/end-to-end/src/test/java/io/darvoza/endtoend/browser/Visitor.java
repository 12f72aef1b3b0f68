package io.darvoza.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.darvoza.endtoend.RunningSuite;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A person at a window of a fresh browser. What goes wrong in it on the suite's own pages is remembered. */
final class Visitor implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 20_000;

    /** Session cookies by user. */
    private static final Map<String, List<Cookie>> SESSIONS = new ConcurrentHashMap<>();

    private final RunningSuite suite = RunningSuite.get();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BrowserContext context;
    private final Page page;

    private Visitor(Look look) {
        context = Chromium.running().newContext(look.context());
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.addInitScript("addEventListener('securitypolicyviolation', violation => console.error("
                + "`CSP ${violation.violatedDirective} ${violation.blockedURI}`))");
        page = context.newPage();
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    static Visitor with(Look look) {
        return new Visitor(look);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Opens a page of the suite. */
    Visitor opens(String path) {
        page.navigate(suite.address() + path);
        return this;
    }

    /** Opens a page that asks to sign in, signs in, and comes to that page. */
    Visitor signsIn(String user, String path) {
        JsonNode credentials = suite.credentials(user);
        opens(path);
        page.locator("input[name=username]").fill(credentials.get("username").asString());
        page.locator("input[name=password]").fill(credentials.get("password").asString());
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(suite.address() + path);
        return this;
    }

    /**
     * Comes to a page in the session that this person opened earlier, in another window; signs in when there is none any more.
     * For tests of what lies behind the door.
     */
    Visitor comesBack(String user, String path) {
        context.addCookies(SESSIONS.getOrDefault(user, List.of()));
        opens(path);
        if (page.url().contains("/auth/")) {
            signsIn(user, path);
            SESSIONS.put(
                    user,
                    context.cookies(suite.address().toString()).stream()
                            .filter(cookie -> cookie.httpOnly && !cookie.path.startsWith("/auth"))
                            .toList());
        }
        return this;
    }

    /** Waits until the page says that it is connected. */
    Visitor live() {
        page.locator("[data-live-badge][data-state=live]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
        return this;
    }

    /** Drops a file on an element, as a mouse does from a folder's window. */
    void drops(String selector, String name, String type, byte[] content) {
        var carried = page.evaluateHandle(
                """
                ({name, type, content}) => {
                  const carried = new DataTransfer();
                  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
                  carried.items.add(new File([bytes], name, {type}));
                  return carried;
                }\
                """,
                Map.of(
                        "name",
                        name,
                        "type",
                        type,
                        "content",
                        Base64.getEncoder().encodeToString(content)));
        Map<String, Object> event = Map.of("dataTransfer", carried);
        page.dispatchEvent(selector, "dragenter", event);
        page.dispatchEvent(selector, "dragover", event);
        page.dispatchEvent(selector, "drop", event);
    }

    /** Nothing was refused by the page's policy, and no script has failed. */
    void heardNoComplaint() {
        assertThat(complaints).isEmpty();
    }

    void findsNothingWithAxe() {
        assertThat(page.frames())
                .as("frames of %s, into which axe does not look", page.url())
                .hasSize(1);
        assertThat(axe().analyze().getViolations())
                .as("axe at %s", page.url())
                .allSatisfy(violation -> assertThat(violation.getNodes())
                        .as("%s: %s", violation.getId(), violation.getHelp())
                        .isEmpty());
    }

    /** It need not tell what is right, nor open one more page for frames, as its other mode does. */
    private AxeBuilder axe() {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    /** Draws the whole page to a file of the build, for people to look at. */
    void keepsPicture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "looks", name + ".png"))
                .setFullPage(true));
    }

    void needNotScrollSideways() {
        Object overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overhang).as("pixels beside the window at %s", page.url()).isEqualTo(0);
    }

    /** Everything that a script on the page could read. */
    String whatScriptsCanRead() {
        return Objects.toString(
                page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"));
    }

    @Override
    public void close() {
        context.close();
    }

    /** Keycloak's pages are not ours; a refused request is shown by the page and looked at by its test. */
    private void hear(ConsoleMessage message) {
        boolean ours = !page.url().contains("/auth/");
        boolean refusal = message.text().startsWith("Failed to load resource");
        if (ours && !refusal && List.of("error", "warning").contains(message.type())) {
            complaints.add(page.url() + ": " + message.text());
        }
    }
}
