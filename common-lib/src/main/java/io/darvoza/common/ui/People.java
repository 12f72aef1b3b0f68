package io.darvoza.common.ui;

import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

/** Tells pages who is signed in. A process whose people do not come by access token brings its own. */
@FunctionalInterface
public interface People {

    /** The person behind an authentication, or empty when there is none to greet. */
    Mono<Person> personOf(Authentication authentication);
}
