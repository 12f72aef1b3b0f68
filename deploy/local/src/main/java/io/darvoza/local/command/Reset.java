package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.SuiteLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Wipes what a suite keeps: data, logs and secrets. Programs that were unpacked or prepared stay. */
@Command(name = "reset", description = "Wipes the local data, logs and passwords.")
final class Reset implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        var folder = SuiteFolder.current();
        if (SuiteLock.isHeld(folder)) {
            throw new StartFailure("The suite is running; stop it first: ./suite down");
        }
        for (var kept : List.of(
                folder.data(),
                folder.logs(),
                folder.run(),
                folder.temporary(),
                folder.path().resolve("secrets.properties"))) {
            delete(kept);
        }
        System.out.println("Wiped; the next ./suite up starts from nothing.");
        return 0;
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        // Links are removed, not followed: Keycloak's folder points to programs that stay.
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
