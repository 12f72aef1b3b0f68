package io.darvoza.gateway.door;

import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.gateway.GatewayApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The whole gateway on a free port, with a registry of the test's own and without Redis, Kafka and database, none of which it
 * needs for callers with a bearer token.
 */
@Inherited
@TestIdentity
@Import(StaticServices.Registry.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = GatewayApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "spring.cloud.loadbalancer.cache.enabled=false",
            "spring.data.redis.port=1",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "darvoza.database.port=1",
            "darvoza.database.password=none",
            "darvoza.identity.client-secret=test-secret",
            "darvoza.identity.token-uri=http://127.0.0.1:1/auth/realms/darvoza/protocol/openid-connect/token",
            "darvoza.gateway.limits.principal.rate=100000",
            "darvoza.gateway.limits.principal.burst=100000",
            "darvoza.gateway.limits.address.rate=100000",
            "darvoza.gateway.limits.address.burst=100000",
            "darvoza.gateway.limits.refused.rate=100000",
            "darvoza.gateway.limits.refused.burst=100000"
        })
@interface RunningGateway {}
