package io.darvoza.payments.order;

import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.PaymentOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** T17: an order waits for a document. One that the service has not heard of yet may be waited for, too. */
@Service
final class HoldOrder {

    private final DatabaseClient database;
    private final CommandOrder command;

    HoldOrder(DatabaseClient database, CommandOrder command) {
        this.database = database;
        this.command = command;
    }

    /** The order on hold. Raises {@link PaymentsProblem#DOCUMENT_APPROVED_ALREADY} when there is nothing to wait for. */
    Mono<PaymentOrder> handle(UUID uid, Actor actor, @Nullable Long version, long document) {
        return command.handle(new CommandOrder.Call(
                uid, actor, version, _ -> requireOpen(document).thenReturn(new Command.Hold(document))));
    }

    private Mono<Void> requireOpen(long document) {
        return database.sql("select status from supporting_document where id = :id for share")
                .bind("id", document)
                .mapValue(String.class)
                .one()
                .filter("approved"::equals)
                .flatMap(_ -> Mono.error(PaymentsProblem.DOCUMENT_APPROVED_ALREADY
                        .exception()
                        .error("/supporting_document_id", "approved")));
    }
}
