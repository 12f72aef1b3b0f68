package io.darvoza.local.infrastructure;

import java.nio.file.Path;

/** The Java that runs this process runs its children too. */
public final class JavaCommand {

    public static final String PATH =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JavaCommand() {}
}
