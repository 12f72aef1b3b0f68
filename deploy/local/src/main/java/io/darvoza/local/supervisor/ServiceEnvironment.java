package io.darvoza.local.supervisor;

import io.darvoza.local.state.OpenDataKey;
import io.darvoza.local.state.PartnerKey;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import io.darvoza.local.state.SuitePorts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The properties that a service gets from outside, as environment variables. */
record ServiceEnvironment(SuiteFolder folder, Secrets secrets, Realm realm) {

    static final String BUCKET = "banking-docs";

    private SuitePorts ports() {
        return folder.ports();
    }

    /** Everything else a service has as a default. A service ignores what it has no use for. */
    Map<String, String> of(Service service) {
        var properties = new HashMap<String, String>();
        properties.put("spring.profiles.active", "local");
        properties.put("server.port", port(service.port()));
        if (service.management() != service.port()) {
            properties.put("management.server.port", port(service.management()));
        }
        properties.put("darvoza.public-url", ports().publicUrl().toString());
        properties.put("darvoza.registry.port", port(SuitePort.DISCOVERY));
        properties.put("darvoza.registry.password", secrets.password("registry"));
        // They all go together: no gateway stays that would have to notice first.
        properties.put("darvoza.registry.drain", "0s");
        if (!service.database().isEmpty()) {
            withBackends(service, properties);
        }
        if (service.name().equals("payments-service")) {
            withPartners(properties);
        }
        if (service.name().equals("egov-service")) {
            withOpenData(properties);
        }
        if (service == Service.OUTSIDE) {
            // The АБС is played by Kafka, as the real one speaks.
            properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + port(SuitePort.KAFKA));
            // What the played portal takes: the key in use, and the one that a rotation brings.
            properties.put(
                    "sandbox.open-data.keys",
                    String.join(
                            ",",
                            OpenDataKey.NAMES.stream().map(secrets::password).toList()));
        }
        if (service == Service.DOOR) {
            // The local realm's people sign in by password too, so that a token is one command away.
            properties.put("darvoza.gateway.token.grants", "client_credentials,refresh_token,password");
        }
        var environment = new HashMap<String, String>();
        properties.forEach((name, value) -> environment.put(variable(name), value));
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    private void withBackends(Service service, Map<String, String> properties) {
        var keycloak = ports().address(SuitePort.KEYCLOAK) + "/auth/realms/darvoza/protocol/openid-connect/";
        properties.put("darvoza.database.port", port(SuitePort.POSTGRESQL));
        properties.put("darvoza.database.password", secrets.password("database." + service.database()));
        properties.put("darvoza.identity.jwks-uri", keycloak + "certs");
        properties.put("darvoza.identity.token-uri", keycloak + "token");
        if (realm.clients().contains(service.name())) {
            properties.put("darvoza.identity.client-secret", secrets.password(Realm.secret(service.name())));
        }
        properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + port(SuitePort.KAFKA));
        properties.put("spring.data.redis.host", "127.0.0.1");
        properties.put("spring.data.redis.port", port(SuitePort.REDIS));
        properties.put("spring.data.redis.password", secrets.password("redis"));
        properties.put(
                "darvoza.objectstore.endpoint", ports().address(SuitePort.S3).toString());
        properties.put("darvoza.objectstore.region", "local");
        properties.put("darvoza.objectstore.bucket", BUCKET);
        properties.put("darvoza.objectstore.access-key", secrets.password("s3.access-key"));
        properties.put("darvoza.objectstore.secret-key", secrets.password("s3.secret-key"));
        properties.put("darvoza.encryption.keyset", secrets.keyset("keyset." + service.name()));
        properties.put("darvoza.encryption.index-key", secrets.key("index-key." + service.name()));
    }

    /** The demo partners' keys; and their callback addresses, which lie in the sandbox and are no public https. */
    private void withPartners(Map<String, String> properties) {
        properties.put(
                "darvoza.payments.webhooks.exceptions",
                ports().address(SuitePort.SANDBOX).toString());
        for (var partner : PartnerKey.PARTNERS) {
            properties.put(
                    "darvoza.payments.local.secrets." + partner,
                    PartnerKey.of(secrets, partner).secretHex());
        }
    }

    /** The settings by the seed's names, which Spring takes from the environment as they are. */
    private void withOpenData(Map<String, String> properties) {
        properties.put("egov.api.key", secrets.password(OpenDataKey.NAMES.getFirst()));
        properties.put("egov.base.url", ports().address(SuitePort.SANDBOX) + "/opendata/api/v4");
        properties.put("egov.iin.dataset", "person/v1/iin");
        properties.put("egov.passport.dataset", "passport/v1/number");
        properties.put("darvoza.egov.settings.plain-hosts", "127.0.0.1");
        properties.put("darvoza.egov.embed.plain-hosts", "127.0.0.1");
        properties.put("darvoza.egov.log.file", folder.log("egov_integration").toString());
    }

    private String port(SuitePort port) {
        return Integer.toString(ports().of(port));
    }

    /** Spring's rule: dots become underscores, dashes go, letters grow. */
    static String variable(String property) {
        return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }
}
