package io.darvoza.egov;

import io.darvoza.common.security.Operation;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.setting.ChangeSettings;
import io.darvoza.egov.setting.SettingName;
import io.darvoza.egov.verification.Asker;
import io.darvoza.egov.verification.Channel;
import io.darvoza.egov.verification.VerifyNumber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** Calls of every operation that would succeed if access allows them. */
final class OperationExamples {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String CONSENT = """
            {"iin": "900101300017", "purpose": "admission", "scope": "identity", "channel": "paper",
             "granted_at": "2026-01-01T00:00:00Z", "expires_at": "2026-06-01T00:00:00Z"}
            """;

    private final VerifyNumber verify;
    private final ChangeSettings settings;
    private final DatabaseClient database;

    OperationExamples(ApplicationContext service) {
        verify = service.getBean(VerifyNumber.class);
        settings = service.getBean(ChangeSettings.class);
        database = service.getBean(DatabaseClient.class);
    }

    Example of(Operation operation, String subject, Of whose) {
        String path = operation.path();
        if (path.contains("verifications/{id}")) {
            String owner = whose == Of.OWN ? subject : UUID.randomUUID().toString();
            return Example.of(path.replace("{id}", verification(owner).toString()));
        }
        if (path.contains("/verify/bulk")) {
            return path.contains("{job}")
                    ? Example.of(path.replace(
                            "{job}",
                            job(whose == Of.OWN ? subject : UUID.randomUUID().toString())
                                    .toString()))
                    : Example.json(path, "[\"123456789012\"]");
        }
        if (path.startsWith("/egov/embed/demo/")) {
            return form(path, "iin=123456789012");
        }
        if (path.equals("/v1/egov/embed/tokens")) {
            return Example.json(path, "{\"origin\": \"https://forms.example.kz\"}");
        }
        if (path.equals("/egov/verifications") || path.equals("/egov/verifications/")) {
            return form(path, "type=iin&number=123456789012");
        }
        if (path.startsWith("/egov/settings/{name}")) {
            return settingForm(operation);
        }
        if (path.contains("/settings/")) {
            return setting(operation);
        }
        if (path.startsWith("/v1/egov/consents")) {
            return path.contains("{id}")
                    ? Example.of(path.replace("{id}", consent().toString()))
                    : Example.json(path, CONSENT);
        }
        if (path.contains("passport")) {
            return Example.json(path, "{\"passport_number\": \"N12345678\"}");
        }
        return Example.json(
                path, path.endsWith("/bin") ? "{\"bin\": \"150140000012\"}" : "{\"iin\": \"900101300017\"}");
    }

    private Example settingForm(Operation operation) {
        SettingName name = operation.path().endsWith("/revoke-previous")
                ? SettingName.EGOV_API_KEY
                : SettingName.EGOV_RATE_LIMIT_PER_MINUTE;
        set(name, "40");
        set(name, "41");
        return form(operation.path().replace("{name}", name.name()), "value=50");
    }

    private static Example form(String path, String fields) {
        return new Example(path, "application/x-www-form-urlencoded", fields.getBytes(StandardCharsets.UTF_8));
    }

    private Example setting(Operation operation) {
        SettingName name = operation.path().endsWith("/previous")
                ? SettingName.EGOV_API_KEY
                : SettingName.EGOV_RATE_LIMIT_PER_MINUTE;
        String path = operation.path().replace("{name}", name.name());
        return switch (operation.method()) {
            case "PUT" -> Example.json(path, "{\"value\": \"50\"}");
            case "DELETE" -> {
                set(name, "40");
                if (name.isSecret()) {
                    set(name, "41");
                }
                yield Example.of(path);
            }
            default -> Example.of(path);
        };
    }

    private void set(SettingName name, String value) {
        settings.set(name, value, null, "user:test").block(BOUND);
    }

    private UUID verification(String owner) {
        boolean host = owner.equals(TestTokens.subjectOf("service-account-egov_host"));
        var asker = new Asker(host ? "client:egov_host" : "user:" + owner, Channel.API, null);
        return Objects.requireNonNull(verify.verify(new Iin("123456789012"), asker, Purpose.SINGLE)
                        .block(BOUND))
                .id();
    }

    private UUID job(String owner) {
        return Objects.requireNonNull(database.sql("""
                        insert into bulk_job (id, principal, document_type, given, numbers, created_at, ended_at)
                        values (gen_random_uuid(), :owner, 'iin', 1, 1, now(), now()) returning id
                        """)
                .bind("owner", "user:" + owner)
                .mapValue(UUID.class)
                .one()
                .block(BOUND));
    }

    private UUID consent() {
        return Objects.requireNonNull(
                database.sql("""
                        insert into consent (id, document_type, number_masked, number_index, purpose, scope, channel, granted_at,
                            expires_at, recorded_by)
                        values (gen_random_uuid(), 'iin', '••••••••0017', 'x', 'p', 's', 'c', now(), now() + interval '1 day', 'user:x')
                        returning id
                        """).mapValue(UUID.class).one().block(BOUND));
    }
}
