package io.darvoza.local.state;

import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The realm's file, read for what the launcher needs: who can sign in, and which secrets it has to be given. */
public final class Realm {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(DARVOZA_(?:SECRET|PASSWORD)_[A-Z0-9_]+)}");

    private final Set<String> placeholders;
    private final Set<String> users;
    private final Set<String> clients;

    private Realm(Set<String> placeholders, Set<String> users, Set<String> clients) {
        this.placeholders = placeholders;
        this.users = users;
        this.clients = clients;
    }

    public static Realm read(Path file) {
        try {
            var text = Files.readString(file);
            var realm = new JsonMapper().readTree(text);
            return new Realm(
                    PLACEHOLDER
                            .matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .map(group -> group.substring(2, group.length() - 1))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    names(realm, "users", "username", "credentials"),
                    names(realm, "clients", "clientId", "secret"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the environment variables that the file wants a generated value for. */
    public Set<String> placeholders() {
        return placeholders;
    }

    /** People, by name. */
    public Set<String> users() {
        return users;
    }

    /** Programs with a secret, by client id. */
    public Set<String> clients() {
        return clients;
    }

    /** For a name that is neither. */
    public StartFailure unknown(String name) {
        return new StartFailure("%s is neither a demo user (%s) nor a client (%s)."
                .formatted(name, String.join(", ", users), String.join(", ", clients)));
    }

    /** The placeholder that stands for a user's password. */
    public static String password(String user) {
        return "DARVOZA_PASSWORD_" + upper(user);
    }

    /** The placeholder that stands for a client's secret. */
    public static String secret(String client) {
        return "DARVOZA_SECRET_" + upper(client);
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Set<String> names(JsonNode realm, String list, String name, String required) {
        Stream<JsonNode> entries = realm.get(list).valueStream();
        return entries.filter(entry -> entry.has(required))
                .map(entry -> entry.get(name).asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
