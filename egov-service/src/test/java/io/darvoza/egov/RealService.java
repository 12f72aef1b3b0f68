package io.darvoza.egov;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole service on real PostgreSQL and Kafka, with the tests' own issuer and a portal that does as it is told. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@TestIdentity
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false", "management.server.port=0"})
@ContextConfiguration(initializers = TestPortal.class)
public @interface RealService {}
