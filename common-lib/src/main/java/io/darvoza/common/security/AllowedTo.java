package io.darvoza.common.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens an operation, or all operations of a controller, to callers who hold one of the realm roles. A rule at the method
 * replaces the controller's. Others get 403, callers without a token 401.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedTo {

    /** Realm roles, one of which is enough; never empty. */
    String[] value();
}
