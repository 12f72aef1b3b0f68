package io.darvoza.local.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;

/** Keeps what stands behind {@code data:} in a stream of lines. */
record LineCollector(BlockingQueue<String> data) implements Flow.Subscriber<String> {

    static LineCollector into(BlockingQueue<String> data) {
        return new LineCollector(data);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("data:") && line.contains("{")) {
            data.add(line.substring("data:".length()).strip());
        }
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onComplete() {}
}
