package io.darvoza.bankingdocs;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The whole service with the data of the local run, on real PostgreSQL, Kafka, S3 and Redis, with the tests' own issuer. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@RealInfrastructure({Server.POSTGRES, Server.KAFKA, Server.S3, Server.REDIS})
@TestIdentity
@ActiveProfiles("local")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "management.server.port=0",
            "darvoza.banking-docs.upload.spool-directory=target/spool-${random.uuid}",
            // All tests share one Redis, and each has a database of its own.
            "darvoza.cache.namespace=${random.uuid}"
        })
@ContextConfiguration(initializers = TestKeys.class)
public @interface RealService {}
