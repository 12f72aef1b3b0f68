package io.darvoza.bankingdocs.receipt;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears of approved payments. Those that are for no contract concern nobody here. */
@Component
class ApprovedPaymentListener {

    private static final Logger log = LoggerFactory.getLogger(ApprovedPaymentListener.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final SuiteEvents events;
    private final FileReceipt receipts;
    private final MeterRegistry meters;

    ApprovedPaymentListener(SuiteEvents events, FileReceipt receipts, MeterRegistry meters) {
        this.events = events;
        this.receipts = receipts;
        this.meters = meters;
    }

    @KafkaListener(
            id = "payment-receipts",
            groupId = "${darvoza.banking-docs.receipts.group:banking-docs-service.receipts}",
            topics = "payments.payment-status.v1")
    void on(SuiteEvent event) {
        if (event.type().equals(PaymentApprovedV1.TYPE)) {
            PaymentApprovedV1 payment = events.read(event, PaymentApprovedV1.class);
            payment.contract().ifPresent(contract -> note(payment, file(event, payment, contract)));
        }
    }

    private @Nullable ReceiptOutcome file(SuiteEvent event, PaymentApprovedV1 payment, long contract) {
        ReceiptOutcome outlook = Await.within(receipts.outlook(payment, contract), BOUND);
        if (outlook != ReceiptOutcome.WANTED) {
            return outlook;
        }
        return Await.within(receipts.handle(event, payment, contract, ReceiptPdf.of(payment, contract)), BOUND);
    }

    private void note(PaymentApprovedV1 payment, @Nullable ReceiptOutcome outcome) {
        if (outcome != null) {
            meters.counter("darvoza.receipts", "outcome", outcome.word()).increment();
            if (outcome != ReceiptOutcome.FILED) {
                log.info("Payment {} gets no receipt: {}", payment.uid(), outcome);
            }
        }
    }
}
