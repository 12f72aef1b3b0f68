package io.darvoza.payments.order;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Moves the feed on, again and again, on every instance. */
@Component
class OrderFeedJob {

    private static final Logger log = LoggerFactory.getLogger(OrderFeedJob.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final OrderFeed feed;

    OrderFeedJob(OrderFeed feed) {
        this.feed = feed;
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.orders.feed-every:100ms}")
    void run() {
        try {
            Await.within(feed.advance(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The feed of orders stands still for a moment: {}", fault.toString());
        }
    }
}
