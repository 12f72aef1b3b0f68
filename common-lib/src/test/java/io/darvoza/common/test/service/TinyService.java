package io.darvoza.common.test.service;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Everything that common-lib configures by itself, and nothing else. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class TinyService {

    /** Properties of a service without web server and registry. */
    public static final String NAME = "spring.application.name=tiny-service";

    public static final String NO_WEB = "spring.main.web-application-type=none";
    public static final String NO_REGISTRY = "eureka.client.enabled=false";
}
