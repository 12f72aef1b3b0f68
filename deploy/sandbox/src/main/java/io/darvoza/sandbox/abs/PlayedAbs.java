package io.darvoza.sandbox.abs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/** The АБС: what it has heard of, and how it answers about what it will hear of. The oldest are forgotten first. */
final class PlayedAbs implements DisposableBean {

    private static final int KEPT = 1000;

    private final AbsAnswers answers;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("abs").factory());
    private final Map<Long, HeardDocument> heard = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HeardDocument> eldest) {
            return size() > KEPT;
        }
    };
    private Manner manner = Manner.SILENT;

    PlayedAbs(AbsAnswers answers) {
        this.answers = answers;
    }

    synchronized void behave(Manner other) {
        manner = other;
    }

    synchronized void hear(long documentId, int version) {
        heard.merge(documentId, new HeardDocument(documentId, version, 0), (known, _) -> known.announced(version));
        var unused = answer(documentId, manner);
    }

    /** Answers about a document as it is told; empty when it has not heard of it. */
    synchronized Optional<HeardDocument> answer(long documentId, Manner how) {
        HeardDocument document = heard.get(documentId);
        if (document != null) {
            var unused = later.schedule(() -> send(documentId, how), how.delay().toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.ofNullable(document);
    }

    private synchronized void send(long documentId, Manner how) {
        heard.computeIfPresent(documentId, (_, document) -> document.answered(answers.send(document, how)));
    }

    synchronized List<HeardDocument> heard() {
        return List.copyOf(heard.values());
    }

    @Override
    public void destroy() {
        later.shutdownNow();
    }
}
