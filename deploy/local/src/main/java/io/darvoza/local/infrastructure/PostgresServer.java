package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import io.darvoza.local.process.StartFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server on 127.0.0.1 whose data outlive it. Logins are by password (SCRAM). */
public final class PostgresServer implements AutoCloseable {

    public static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int PROTOCOL_3 = 3 << 16;

    private final Settings settings;
    private final Child server;

    private PostgresServer(Settings settings, Child server) {
        this.settings = settings;
        this.server = server;
    }

    /** A database and the login of the same name that owns it. The password holds letters and digits only. */
    public record Database(String name, String password) {}

    /**
     * How to run it.
     *
     * @param data made and initialised when absent
     * @param password of the superuser, taken when {@code data} is initialised
     * @param databases made when they do not exist
     * @param options for instance {@code fsync=off}
     */
    public record Settings(
            Path data, int port, String password, Path log, List<Database> databases, List<String> options) {}

    /** Starts and returns when a login is answered. */
    public static PostgresServer start(Programs programs, Settings settings) {
        var cluster = new PostgresCluster(programs.postgresql(), Unprivileged.detect(), settings);
        cluster.prepare();
        var server = Readiness.started(
                new Child.Command("PostgreSQL", cluster.serverCommand(), Map.of(), settings.log(), "INT"),
                START_LIMIT,
                () -> acceptsLogins(settings.port()));
        return new PostgresServer(settings, server);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return settings.port();
    }

    public String superuserPassword() {
        return settings.password();
    }

    public Child process() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The port is open before the server takes logins; only then is a start-up packet answered by an R. */
    private static boolean acceptsLogins(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(2000);
            var parameters = ("user\0" + SUPERUSER + "\0\0").getBytes(StandardCharsets.UTF_8);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(8 + parameters.length);
            out.writeInt(PROTOCOL_3);
            out.write(parameters);
            out.flush();
            return new DataInputStream(socket.getInputStream()).readByte() == 'R';
        }
    }

    /** The files of a server that does not run. */
    private record PostgresCluster(Path program, Unprivileged user, Settings settings) {

        void prepare() {
            try {
                if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
                    initialise();
                }
                user.own(settings.data());
                createMissingDatabases();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> serverCommand() {
            var words = user.command(
                    bin("postgres"),
                    "-D",
                    settings.data().toString(),
                    "-p",
                    Integer.toString(settings.port()),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "shared_buffers=64MB",
                    "-c",
                    "max_connections=150");
            settings.options().forEach(option -> words.addAll(List.of("-c", option)));
            return words;
        }

        /** Into a folder aside, so that a killed initialisation starts anew. */
        private void initialise() throws IOException {
            var parent = settings.data().toAbsolutePath().getParent();
            Files.createDirectories(parent);
            var aside = Files.createTempDirectory(parent, "initdb-");
            var password = Files.writeString(aside.resolve("password"), settings.password());
            var cluster = Files.createDirectory(aside.resolve("data"));
            user.own(aside);
            run(user.command(
                    bin("initdb"),
                    "-D",
                    cluster.toString(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    // Sorts by code point as C does, but knows all alphabets, which full-text search needs.
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-sync"));
            Files.move(cluster, settings.data());
            Files.delete(password);
            Files.delete(aside);
        }

        /** In single-user mode, which needs neither a driver nor a running server; what was made is noted in a file. */
        private void createMissingDatabases() throws IOException {
            var note = settings.data().resolve("databases.made");
            var made = new ArrayList<>(Files.exists(note) ? Files.readAllLines(note) : List.<String>of());
            var missing = settings.databases().stream()
                    .filter(d -> !made.contains(d.name()))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            var statements = new StringBuilder();
            for (var database : missing) {
                statements
                        .append("CREATE ROLE %s LOGIN PASSWORD '%s';%n".formatted(database.name(), database.password()))
                        .append("CREATE DATABASE %1$s OWNER %1$s;%n".formatted(database.name()))
                        .append("REVOKE CONNECT ON DATABASE %s FROM PUBLIC;%n".formatted(database.name()));
                made.add(database.name());
            }
            singleUser(statements.toString());
            Files.write(note, made);
            user.own(note);
        }

        private void singleUser(String statements) throws IOException {
            var process = new ProcessBuilder(user.command(
                            bin("postgres"), "--single", "-D", settings.data().toString(), SUPERUSER))
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(statements);
            } catch (IOException e) {
                // It has ended before it has read them; what it wrote says why.
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // It exits with 0 even when a statement failed.
            if (process.onExit().join().exitValue() != 0 || output.contains("ERROR:") || output.contains("FATAL:")) {
                Files.writeString(settings.log(), output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                throw new StartFailure("PostgreSQL cannot make its databases", settings.log());
            }
        }

        private void run(List<String> command) {
            try (var initdb = Child.start(new Child.Command("initdb", command, settings.log()))) {
                if (initdb.await(60) != 0) {
                    throw new StartFailure("PostgreSQL cannot initialise " + settings.data(), settings.log());
                }
            }
        }

        private String bin(String name) {
            return program.resolve("bin").resolve(name).toString();
        }
    }
}
