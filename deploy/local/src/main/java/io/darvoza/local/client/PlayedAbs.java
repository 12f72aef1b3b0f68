package io.darvoza.local.client;

import java.net.URI;
import java.time.Duration;

/** The outside АБС, played by the sandbox: it is told how to answer about a document. */
public final class PlayedAbs {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Http sandbox;

    public PlayedAbs(URI sandbox) {
        this.sandbox = new Http(sandbox);
    }

    /**
     * Makes it answer about a document; waits until it has heard of the document.
     *
     * @param manner as the sandbox's control API takes it
     * @return whether it has heard of it in time
     */
    public boolean answers(String document, String manner, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (sandbox.put("/abs/documents/" + document + "/answer", null, manner)
                            .status()
                    == 200) {
                return true;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
