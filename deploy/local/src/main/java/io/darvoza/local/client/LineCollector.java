package io.darvoza.local.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Keeps what stands behind {@code data:} in a stream of lines, and tells when the first line has come. */
record LineCollector(BlockingQueue<String> data, CountDownLatch begun) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        begun.countDown();
        if (line.startsWith("data:") && line.contains("{")) {
            data.add(line.substring("data:".length()).strip());
        }
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onComplete() {}
}
