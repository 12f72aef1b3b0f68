package io.darvoza.local.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How PostgreSQL, which refuses to run as root, runs for this user. */
enum Unprivileged {
    /** Not root: as it is. */
    PLAIN(List.of()),
    /** Root who may make user namespaces: seen from inside such a one it is nobody. */
    USER_NAMESPACE(List.of("unshare", "-U")),
    /** Root who may not, as in many containers: nobody's user id, who then has to own the data. */
    SET_USER(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private static final int NOBODY = 65534;

    private final List<String> prefix;

    Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged detect() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return PLAIN;
        }
        return succeeds("unshare", "-U", "true") ? USER_NAMESPACE : SET_USER;
    }

    List<String> command(String... words) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /** Gives everything under the folder to the user that the command will run as. */
    void own(Path folder) {
        if (this == PLAIN) {
            return;
        }
        var user = this == SET_USER ? NOBODY : 0;
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                if (!Files.getAttribute(file, "unix:uid").equals(user)) {
                    Files.setAttribute(file, "unix:uid", user);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
