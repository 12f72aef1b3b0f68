package io.darvoza.common.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SuiteDefaultsTests {

    @Test
    void everySourceOfTheServiceWinsOverADefault() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("service", Map.of("server.shutdown", "immediate")));

        new SuiteDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("server.shutdown")).isEqualTo("immediate");
        assertThat(environment.getProperty("spring.reactor.context-propagation"))
                .isEqualTo("auto");
    }

    @Test
    void noSecretHasADefault() {
        var environment = new StandardEnvironment();

        new SuiteDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("darvoza.database.password")).isNull();
        assertThat(environment.getProperty("darvoza.identity.client-secret")).isNull();
        assertThat(environment.getProperty("darvoza.registry.password")).isNull();
    }
}
