package io.darvoza.local.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The servers' programs. The build of this module copies them, as Maven artifacts, into a folder; each is unpacked at
 * its first use and then shared by every suite and test of this working copy.
 */
public final class Programs {

    /** System property: the folder with the artifacts, when it is not the one that the build makes. */
    public static final String FOLDER_PROPERTY = "darvoza.infrastructure";

    private static final Path BUILT = Path.of("deploy", "local", "target", "infrastructure");
    private static final Path UNPACKED = Path.of(".suite", "infrastructure");

    private final Path artifacts;
    private final Path unpacked;

    public Programs(Path artifacts, Path unpacked) {
        this.artifacts = artifacts;
        this.unpacked = unpacked;
    }

    /** Finds them from the working directory, which lies in a working copy of the project. */
    public static Programs find() {
        var root = root();
        var folder = System.getProperty(FOLDER_PROPERTY);
        return new Programs(folder == null ? root.resolve(BUILT) : Path.of(folder), root.resolve(UNPACKED));
    }

    /** The working copy around the working directory: the nearest folder above that holds the script {@code suite}. */
    public static Path root() {
        var start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("suite"))) {
                return folder;
            }
        }
        throw new IllegalStateException("No folder above " + start + " holds the script suite");
    }

    /** Folder with {@code bin/postgres} and {@code bin/initdb}. */
    Path postgresql() {
        var artifact = artifact("postgresql");
        return unpackOnce(nameOf(artifact), folder -> Archives.unpackNestedTarXz(artifact, folder));
    }

    /** Folder with the jars of the broker's class path. */
    Path kafka() {
        var jars = list(artifacts.resolve("kafka"));
        var name = "kafka-"
                + Integer.toHexString(
                        jars.stream().map(Programs::nameOf).toList().hashCode());
        return unpackOnce(name, folder -> {
            for (var jar : jars) {
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        });
    }

    Path redisServer() {
        var artifact = artifact("redis");
        return unpackOnce(nameOf(artifact), folder -> Archives.unpackRedis(artifact, folder.resolve("redis-server")))
                .resolve("redis-server");
    }

    Path s3proxyJar() {
        var artifact = artifact("s3proxy");
        return unpackOnce(nameOf(artifact), folder -> Files.copy(artifact, folder.resolve("s3proxy.jar")))
                .resolve("s3proxy.jar");
    }

    /** A distribution of Keycloak on which its build step ran, so that it starts with {@code --optimized}. */
    Path keycloak(KeycloakBuild build) {
        var artifact = artifact("keycloak");
        var name = nameOf(artifact) + "-" + build.fingerprint();
        return unpackOnce(name, folder -> {
            Archives.unzip(artifact, folder);
            build.run(folder);
        });
    }

    @FunctionalInterface
    private interface Unpacking {
        void into(Path folder) throws IOException;
    }

    /** Whoever comes first unpacks into a folder aside and renames it, so a half unpacked program is never seen. */
    private Path unpackOnce(String name, Unpacking unpacking) {
        var target = unpacked.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        synchronized (Programs.class) {
            try {
                Files.createDirectories(unpacked);
                try (var channel = FileChannel.open(
                                unpacked.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    if (lock.isValid() && !Files.isDirectory(target)) {
                        var aside = Files.createTempDirectory(unpacked, name + ".");
                        Files.setPosixFilePermissions(aside, Archives.DIRECTORY_MODE);
                        unpacking.into(aside);
                        Files.move(aside, target);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot unpack " + name + " into " + unpacked, e);
            }
        }
        return target;
    }

    private Path artifact(String program) {
        var files = list(artifacts.resolve(program));
        if (files.size() != 1) {
            throw new IllegalStateException("Expected one file in " + artifacts.resolve(program) + ", found " + files);
        }
        return files.getFirst();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(
                    folder + " cannot be read; it is made by: mvn -pl deploy/local process-resources", e);
        }
    }

    private static String nameOf(Path artifact) {
        return artifact.getFileName().toString().replaceFirst("\\.(jar|zip)$", "");
    }
}
