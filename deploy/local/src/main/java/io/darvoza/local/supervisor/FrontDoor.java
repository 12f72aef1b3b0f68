package io.darvoza.local.supervisor;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.TokenEndpoint;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The last look before a suite is called ready: parts that are ready by themselves may not have found each other. */
record FrontDoor(SuiteFolder folder) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SERVER_FAULT = 500;

    /** Returns when each of the services answers a signed-in person's request through the gateway, with whatever answer. */
    void awaitOpen(List<Service> services) {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        var gateway = new Http(folder.ports().publicUrl());
        var token = token();
        try (var visits = Executors.newVirtualThreadPerTaskExecutor()) {
            services.stream()
                    .filter(service -> !service.path().isEmpty())
                    .map(service -> CompletableFuture.runAsync(() -> await(service, gateway, token, deadline), visits))
                    .toList()
                    .forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartFailure failure ? failure : e;
        }
    }

    /** The issuer's first token takes seconds: best while other parts still start. */
    void warmIssuer() {
        var unused = token();
    }

    private String token() {
        return TokenEndpoint.ofKeycloak(folder).token("ops");
    }

    private void await(Service service, Http gateway, String token, long deadline) {
        while (gateway.get(service.path(), token).status() >= SERVER_FAULT) {
            if (System.nanoTime() > deadline) {
                throw new StartFailure(
                        "The gateway does not reach %s within %d s".formatted(service.name(), LIMIT.toSeconds()),
                        folder.log("gateway"));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting");
        }
    }
}
