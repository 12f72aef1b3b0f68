package io.darvoza.common.test.infrastructure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Gives a test's application context real servers by properties.
 *
 * <p>A server is started when the first test of the JVM asks for it and ends with the JVM. The context ends with the test class,
 * and its database with it. With {@code -Dsuite.infrastructure=containers} the servers are Testcontainers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@DirtiesContext
public @interface RealInfrastructure {

    Server[] value();
}
