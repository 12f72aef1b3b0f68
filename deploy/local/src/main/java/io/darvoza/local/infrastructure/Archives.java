package io.darvoza.local.infrastructure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The three shapes in which the programs come. Nothing is written outside the given folder. */
final class Archives {

    static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int EXECUTABLE_BITS = 0111;

    private Archives() {}

    /** Zonky's jar: one {@code .txz} inside, whose entries are links too. */
    static void unpackNestedTarXz(Path jar, Path folder) throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var tar = new TarArchiveInputStream(new XZInputStream(open(zip, e -> e.endsWith(".txz"))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = inside(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    write(tar, target, (entry.getMode() & EXECUTABLE_BITS) != 0);
                }
            }
        }
    }

    /** embedded-redis's jar: one server binary per platform. */
    static void unpackRedis(Path jar, Path server) throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var binary = open(zip, e -> e.startsWith("redis-server-") && e.endsWith("-linux-amd64"))) {
            write(binary, server, true);
        }
    }

    /** A zip with one folder at its root, which is left out. */
    static void unzip(Path archive, Path folder) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                var target = inside(folder, entry.getName().replaceFirst("^[^/]*/", ""));
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    try (var content = zip.getInputStream(entry)) {
                        write(content, target, entry.getName().endsWith(".sh"));
                    }
                }
            }
        }
    }

    private static InputStream open(ZipFile zip, Predicate<String> name) throws IOException {
        ZipEntry entry = zip.stream()
                .filter(e -> name.test(e.getName()))
                .findFirst()
                .orElseThrow(() -> new IOException(zip.getName() + " holds no program for linux-amd64"));
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }

    private static void write(InputStream content, Path target, boolean executable) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(content, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Path inside(Path folder, String name) throws IOException {
        var target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("An entry leaves the archive: " + name);
        }
        return target;
    }
}
