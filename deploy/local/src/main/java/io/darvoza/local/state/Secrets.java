package io.darvoza.local.state;

import io.darvoza.local.infrastructure.PrivateFile;
import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The passwords and keys of a local suite: each is made when first asked for and then stays until the suite is reset.
 * They lie in one file that only its owner may read.
 */
public final class Secrets {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 24;
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final TreeMap<String, String> values;
    private final boolean complete;
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path file, TreeMap<String, String> values, boolean complete) {
        this.file = file;
        this.values = values;
        this.complete = complete;
    }

    /** For the one process that starts the suite. */
    public static Secrets open(SuiteFolder folder) {
        var file = file(folder);
        return new Secrets(file, Files.exists(file) ? load(file) : new TreeMap<>(), false);
    }

    /** For everybody else: those that exist. */
    public static Secrets existing(SuiteFolder folder) {
        var file = file(folder);
        if (!Files.exists(file)) {
            throw new StartFailure("This suite has no passwords yet; they are made by ./suite up.");
        }
        return new Secrets(file, load(file), true);
    }

    /** 24 letters and digits. */
    public String password(String name) {
        return value(name, this::newPassword);
    }

    /** 32 random bytes in Base64. */
    public String key(String name) {
        return value(name, () -> Base64.getEncoder().encodeToString(randomBytes(KEY_BYTES)));
    }

    /** A keyset of Tink with one AES-256-GCM key, as JSON. */
    public String keyset(String name) {
        return value(name, () -> TinkKeyset.aes256Gcm(random));
    }

    private synchronized String value(String name, Supplier<String> made) {
        var existing = values.get(name);
        if (existing != null) {
            return existing;
        }
        if (complete) {
            throw new StartFailure(
                    "There is no secret %s: the realm's file has changed since the first ./suite up. ./suite reset starts anew."
                            .formatted(name));
        }
        var value = made.get();
        values.put(name, value);
        save();
        return value;
    }

    private void save() {
        var text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining("", "# Made by ./suite up, for this machine only.\n", ""));
        try {
            PrivateFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String newPassword() {
        return random.ints(PASSWORD_LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Path file(SuiteFolder folder) {
        return folder.path().resolve("secrets.properties");
    }

    private static TreeMap<String, String> load(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var values = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
