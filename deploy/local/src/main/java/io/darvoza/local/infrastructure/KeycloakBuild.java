package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keycloak's build step: what is fixed before it starts, so that a start takes seconds. */
record KeycloakBuild(List<String> options) {

    static final KeycloakBuild LOCAL = new KeycloakBuild(
            List.of("--db=postgres", "--health-enabled=true", "--metrics-enabled=false", "--http-relative-path=/auth"));

    String fingerprint() {
        return Integer.toHexString(options.hashCode());
    }

    void run(Path distribution) {
        var words = new ArrayList<>(
                List.of("bash", distribution.resolve("bin/kc.sh").toString(), "build"));
        words.addAll(options);
        var environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        var log = distribution.resolve("build.log");
        try (var build = Child.start(new Child.Command("Keycloak's build", words, environment, log, "TERM"))) {
            if (build.await(240) != 0) {
                throw new StartFailure("Keycloak's build step failed", log);
            }
        }
    }
}
