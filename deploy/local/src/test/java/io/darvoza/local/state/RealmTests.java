package io.darvoza.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.infrastructure.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmTests {

    private final Path file = Programs.root().resolve("deploy/keycloak/darvoza-realm.json");
    private final Realm realm = Realm.read(file);

    @Test
    void everyUserAndClientHasItsOwnPlaceholder() {
        var expected = new TreeSet<String>();
        realm.users().forEach(user -> expected.add(Realm.password(user)));
        realm.clients().forEach(client -> expected.add(Realm.secret(client)));

        assertThat(realm.placeholders()).isEqualTo(expected);
        assertThat(realm.users()).contains("bank_client", "partner_user2").doesNotContain("service-account-partner");
        assertThat(realm.clients()).contains("gateway", "partner").doesNotContain("suite-cli", "mobile");
    }

    @Test
    void everyRoleHasSomebody() throws Exception {
        var json = new JsonMapper().readTree(Files.readString(file));
        var held = json.get("users")
                .valueStream()
                .flatMap(user -> user.get("realmRoles").valueStream())
                .map(JsonNode::asString)
                .toList();

        assertThat(names(json.at("/roles/realm"), "name")).hasSize(19).allMatch(held::contains);
    }

    @Test
    void idsAreFixedAndNobodyShares() throws Exception {
        var users = new JsonMapper().readTree(Files.readString(file)).get("users");

        assertThat(names(users, "id")).doesNotHaveDuplicates();
        assertThat(id(users, "bank_client")).endsWith("-000000000123");
        assertThat(id(users, "bank_client2")).endsWith("-000000000124");
        assertThat(id(users, "abs_worker")).endsWith("-000000000456");
    }

    private static String id(JsonNode users, String name) {
        return users.valueStream()
                .filter(user -> user.get("username").asString().equals(name))
                .map(user -> user.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode list, String field) {
        return list.valueStream().map(entry -> entry.get(field).asString()).toList();
    }
}
