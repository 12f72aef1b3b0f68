package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Sinks;

/** Who changes the same rows at the same time. */
class WebhookRacesIT extends PartnerWithReceiver {

    @Autowired
    MeterRegistry meters;

    /** Both want the endpoint's row and the delivery's; in two orders, each would hold what the other waits for. */
    @Test
    void aTryIsNotedWhileItsEndpointIsDeleted() throws Exception {
        var added = endpoint(RECEIVER.path("deleted-meanwhile", Receiver.status(500)));
        UUID id = added.endpoint().id();
        double noted = noted();
        Sinks.Empty<Void> released = Sinks.empty();
        CompletableFuture<?> holding = hold(id, released);

        CompletableFuture<?> deletion = manage.delete(partner, id, "test").toFuture();
        awaitWaiting(1);
        enqueue(order("u-1", 1, "payment.created"));
        awaitWaiting(2);
        released.tryEmitEmpty();

        holding.get();
        deletion.get();
        await().atMost(BOUND).until(() -> noted() == noted + 1);
        assertThat(states(added)).containsExactly("failed");
    }

    /** A transaction that has the endpoint's row until it is told to end. */
    private CompletableFuture<?> hold(UUID endpoint, Sinks.Empty<Void> released) {
        var held = new CompletableFuture<Void>();
        var holding = database.sql("select 1 from webhook_endpoint where id = :id for no key update")
                .bind("id", endpoint)
                .then()
                .doOnSuccess(held::complete)
                .then(released.asMono())
                .as(transaction::transactional)
                .toFuture();
        held.join();
        return holding;
    }

    private void awaitWaiting(long sessions) {
        await().atMost(BOUND)
                .until(() -> database.sql("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'
                                """).mapValue(Long.class).one().block(BOUND) == sessions);
    }

    private double noted() {
        return meters.find("darvoza.webhook.tries").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
