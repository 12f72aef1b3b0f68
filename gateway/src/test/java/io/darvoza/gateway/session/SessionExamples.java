package io.darvoza.gateway.session;

import io.darvoza.common.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionStore;

/** Browser sessions that are there without a login. */
public final class SessionExamples {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SignedInBrowsers browsers;
    private final WebSessionStore store;

    public SessionExamples(ApplicationContext gateway) {
        this.browsers = gateway.getBean(SignedInBrowsers.class);
        this.store = gateway.getBean(
                        WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME, DefaultWebSessionManager.class)
                .getSessionStore();
    }

    /** The id that the list of sessions shows. */
    public String signedIn(String username) {
        WebSession session = Objects.requireNonNull(store.createWebSession().block(PATIENCE));
        session.start();
        new SessionTokens("synthetic", Instant.now().plusSeconds(300), "synthetic", "synthetic").putInto(session);
        SignedInBrowsers.name(session);
        session.save().block(PATIENCE);
        browsers.add(
                        session,
                        new Caller("subject of " + username, "gateway", username, null, null, Set.of(), Instant.MAX))
                .block(PATIENCE);
        return Objects.requireNonNull(SignedInBrowsers.idOf(session)).toString();
    }
}
