package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.feed.Feed;
import io.darvoza.common.feed.FeedJob;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What happens to documents, live: table {@code document_feed}. */
@Configuration(proxyBeanMethods = false)
class DocumentFeed {

    @Bean
    Feed<DocumentFeedItem> documentsLive(DatabaseClient database) {
        return new Feed<>(
                database, "document_feed", (behind, atMost) -> read(database, behind, atMost), DocumentFeedItem::seq);
    }

    @Bean
    FeedJob documentFeedJob(Feed<DocumentFeedItem> feed, DocumentProperties properties) {
        return new FeedJob("document-feed", feed, properties.feedEvery());
    }

    @Bean
    EmployeesFeed employeesFeed(DatabaseClient database, FeedJob documentFeedJob, Clock clock) {
        return (document, kind) -> database.sql("""
                        insert into document_feed (document_id, kind, at) values (:document, :kind, :now)
                        """)
                .bind("document", document)
                .bind("kind", kind)
                .bind("now", clock.instant())
                .then()
                .then(documentFeedJob.afterCommit());
    }

    private static Flux<DocumentFeedItem> read(DatabaseClient database, long behind, int atMost) {
        return database.sql("""
                        select f.seq, f.kind, f.at, f.document_id, d.status_id
                        from document_feed f join document d on d.id = f.document_id
                        where f.seq > :behind order by f.seq limit %d
                        """.formatted(atMost))
                .bind("behind", behind)
                .map(row -> new DocumentFeedItem(
                        Objects.requireNonNull(row.get("seq", Long.class)),
                        Objects.requireNonNull(row.get("kind", String.class)),
                        Objects.requireNonNull(row.get("at", Instant.class)),
                        Objects.requireNonNull(row.get("document_id", Long.class)),
                        DocumentStatus.ofId(Objects.requireNonNull(row.get("status_id", Integer.class)))))
                .all();
    }
}
