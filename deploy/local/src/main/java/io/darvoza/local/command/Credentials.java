package io.darvoza.local.command;

import io.darvoza.local.state.PartnerKey;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Prints, as one JSON object, what a person or a program signs in with. */
@Command(name = "credentials", description = "Prints the credentials of a demo user or client as JSON.")
final class Credentials implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "For instance bank_client or partner.")
    private String name = "";

    @Override
    public Integer call() {
        var folder = SuiteFolder.current();
        System.out.println(new JsonMapper().writeValueAsString(credentials(folder)));
        return 0;
    }

    private Map<String, String> credentials(SuiteFolder folder) {
        var realm = Realm.read(folder.realm());
        var secrets = Secrets.existing(folder);
        var fields = new LinkedHashMap<String, String>();
        if (realm.users().contains(name)) {
            fields.put("username", name);
            fields.put("password", secrets.password(Realm.password(name)));
        } else if (realm.clients().contains(name)) {
            fields.put("client_id", name);
            fields.put("client_secret", secrets.password(Realm.secret(name)));
            fields.put(
                    "token_url", folder.ports().publicUrl().resolve("/v1/token").toString());
            if (PartnerKey.PARTNERS.contains(name)) {
                var key = PartnerKey.of(secrets, name);
                fields.put("key_id", key.id());
                fields.put("secret_hex", key.secretHex());
                fields.put("currency", PartnerKey.CURRENCY);
            }
        } else {
            throw realm.unknown(name);
        }
        return fields;
    }
}
