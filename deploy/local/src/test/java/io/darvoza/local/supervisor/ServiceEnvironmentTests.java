package io.darvoza.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePorts;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentTests {

    @TempDir
    Path root;

    private ServiceEnvironment environment;

    @BeforeEach
    void make() {
        var folder = new SuiteFolder(root, new SuitePorts(2000)).create();
        var realm = Realm.read(Programs.root().resolve("deploy/keycloak/darvoza-realm.json"));
        environment = new ServiceEnvironment(folder, Secrets.open(folder), realm);
    }

    @Test
    void namesFollowSpringsRule() {
        assertThat(ServiceEnvironment.variable("darvoza.identity.jwks-uri")).isEqualTo("DARVOZA_IDENTITY_JWKSURI");
    }

    @Test
    void theOffsetReachesEveryAddress() {
        assertThat(environment.of(Service.DOOR))
                .containsEntry("SERVER_PORT", "10080")
                .containsEntry("MANAGEMENT_SERVER_PORT", "11100")
                .containsEntry("DARVOZA_PUBLICURL", "http://127.0.0.1:10080")
                .containsEntry("DARVOZA_DATABASE_PORT", "17432")
                .containsEntry("DARVOZA_REGISTRY_PORT", "10761")
                .containsEntry("SPRING_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:21092")
                .containsEntry("SPRING_DATA_REDIS_PORT", "18379")
                .containsEntry("DARVOZA_OBJECTSTORE_ENDPOINT", "http://127.0.0.1:21000")
                .containsEntry(
                        "DARVOZA_IDENTITY_JWKSURI",
                        "http://127.0.0.1:10180/auth/realms/darvoza/protocol/openid-connect/certs");
    }

    @Test
    void noTwoServicesShareASecretOfTheirOwn() {
        var own = new HashSet<String>();
        for (var service : Service.BUSINESS) {
            var of = environment.of(service);
            for (var name : new String[] {
                "DARVOZA_DATABASE_PASSWORD",
                "DARVOZA_IDENTITY_CLIENTSECRET",
                "DARVOZA_ENCRYPTION_KEYSET",
                "DARVOZA_ENCRYPTION_INDEXKEY"
            }) {
                assertThat(own.add(of.get(name)))
                        .as("%s of %s", name, service.name())
                        .isTrue();
            }
        }
    }

    @Test
    void paymentsKnowsTheDemoPartnersKeysAndMayCallTheSandbox() {
        var payments = Service.BUSINESS.stream()
                .filter(service -> service.name().equals("payments-service"))
                .findFirst()
                .orElseThrow();

        assertThat(environment.of(payments))
                .containsEntry("DARVOZA_PAYMENTS_WEBHOOKS_EXCEPTIONS", "http://127.0.0.1:10190")
                .hasEntrySatisfying(
                        "DARVOZA_PAYMENTS_LOCAL_SECRETS_PARTNER2",
                        secret -> assertThat(secret).matches("[0-9a-f]{64}"));
    }

    @Test
    void egovAsksThePortalOfTheSandboxWithAKeyThatItTakes() {
        var egov = Service.BUSINESS.stream()
                .filter(service -> service.name().equals("egov-service"))
                .findFirst()
                .orElseThrow();
        var of = environment.of(egov);

        assertThat(of)
                .containsEntry("EGOV_BASE_URL", "http://127.0.0.1:10190/opendata/api/v4")
                .containsEntry("EGOV_IIN_DATASET", "person/v1/iin");
        assertThat(environment.of(Service.OUTSIDE).get("SANDBOX_OPENDATA_KEYS").split(","))
                .hasSize(2)
                .contains(of.get("EGOV_API_KEY"));
    }
}
