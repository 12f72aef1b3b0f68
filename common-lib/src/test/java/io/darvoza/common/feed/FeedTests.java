package io.darvoza.common.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactories;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

class FeedTests {

    /** Nothing has happened yet, so nobody is asked. */
    private final DatabaseClient nobody =
            DatabaseClient.create(ConnectionFactories.get("r2dbc:postgresql://nobody@127.0.0.1:1/none"));

    private final Feed<Long> feed = new Feed<>(nobody, "feed", (_, _) -> Flux.empty(), Long::longValue);

    @Test
    void whoBeginsToReadIsNoticedAtOnceAndCountsUntilTheyGo() {
        var noticed = new AtomicInteger();
        feed.onNewReader(noticed::incrementAndGet);
        assertThat(feed.isRead()).isFalse();

        var first = feed.behind(0).subscribe();
        var second = feed.behind(0).subscribe();
        assertThat(noticed).hasValue(2);
        first.dispose();
        assertThat(feed.isRead()).isTrue();
        second.dispose();
        assertThat(feed.isRead()).isFalse();
    }
}
