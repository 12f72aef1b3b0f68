package io.darvoza.payments.order;

import io.darvoza.common.feed.Feed;
import io.darvoza.common.feed.FeedJob;
import java.time.Instant;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What happens to orders, live: table {@code ops_feed}. */
@Configuration(proxyBeanMethods = false)
class OrderFeedConfiguration {

    @Bean
    Feed<FeedItem> orderFeed(DatabaseClient database) {
        return new Feed<>(database, "ops_feed", (behind, atMost) -> read(database, behind, atMost), FeedItem::seq);
    }

    @Bean
    FeedJob orderFeedJob(Feed<FeedItem> feed, OrderProperties properties) {
        return new FeedJob("order-feed", feed, properties.feedEvery());
    }

    private static Flux<FeedItem> read(DatabaseClient database, long behind, int atMost) {
        return database.sql("""
                        select f.seq feed_seq, f.kind feed_kind, f.actor feed_actor, f.at feed_at, o.*
                        from ops_feed f join payment_order o on o.id = f.order_id
                        where f.seq > :behind order by f.seq limit %d
                        """.formatted(atMost))
                .bind("behind", behind)
                .map(row -> new FeedItem(
                        Objects.requireNonNull(row.get("feed_seq", Long.class)),
                        Objects.requireNonNull(row.get("feed_kind", String.class)),
                        Objects.requireNonNull(row.get("feed_actor", String.class)),
                        Objects.requireNonNull(row.get("feed_at", Instant.class)),
                        OrderRow.read(row)))
                .all();
    }
}
