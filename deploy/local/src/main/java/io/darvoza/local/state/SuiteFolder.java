package io.darvoza.local.state;

import io.darvoza.local.infrastructure.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where one suite keeps its things: {@code .suite}, or {@code .suite-<offset>} of a suite on shifted ports. */
public record SuiteFolder(Path root, SuitePorts ports) {

    private static final String OFFSET = "SUITE_PORT_OFFSET";

    /** The suite that the environment names, in the working copy around the working directory. */
    public static SuiteFolder current() {
        return new SuiteFolder(Programs.root(), SuitePorts.parse(System.getenv().getOrDefault(OFFSET, "0")));
    }

    public Path path() {
        return root.resolve(ports.offset() == 0 ? ".suite" : ".suite-" + ports.offset());
    }

    public Path data() {
        return path().resolve("data");
    }

    public Path logs() {
        return path().resolve("logs");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** Files of the running supervisor. */
    public Path run() {
        return path().resolve("run");
    }

    /** What the services put aside while they run; not the machine's, whose names another user may have taken. */
    public Path temporary() {
        return path().resolve("tmp");
    }

    /** Shared by the suites of every offset: programs unpacked once. */
    public Path shared() {
        return root.resolve(".suite");
    }

    public Path realm() {
        return root.resolve("deploy/keycloak/darvoza-realm.json");
    }

    /** Makes it, readable by its owner only. PostgreSQL under another user's id needs to pass through. */
    public SuiteFolder create() {
        try {
            Files.createDirectories(path());
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rwx--x--x"));
            for (var folder : new Path[] {data(), logs(), run(), temporary()}) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
