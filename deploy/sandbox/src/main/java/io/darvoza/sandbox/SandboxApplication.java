package io.darvoza.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Plays the outside systems for a local run and for tests; services reach it by their base URLs alone. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SandboxApplication {

    static void main(String[] arguments) {
        SpringApplication.run(SandboxApplication.class, arguments);
    }
}
