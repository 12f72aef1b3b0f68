package io.darvoza.bankingdocs.corebanking;

import io.darvoza.bankingdocs.document.CoreBankingDecisions;
import io.darvoza.bankingdocs.document.CoreBankingDecisions.Answer;
import io.darvoza.bankingdocs.document.CoreBankingDecisions.Effect;
import io.darvoza.bankingdocs.document.CoreBankingDecisions.Verdict;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.inbox.Inbox;
import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.converter.ConversionException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hears the answers of the АБС. Each counts once, and none that is older than one that came before; what cannot be read goes
 * to the dead letters, and what does not fit is counted and left.
 */
@Component
class CoreBankingListener {

    private static final Logger log = LoggerFactory.getLogger(CoreBankingListener.class);
    private static final String CONSUMER = "banking-docs.core-banking";
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int MAX_REASON_LENGTH = 500;

    private final Inbox inbox;
    private final SuiteEvents events;
    private final CoreBankingDecisions decisions;
    private final MeterRegistry meters;

    CoreBankingListener(Inbox inbox, SuiteEvents events, CoreBankingDecisions decisions, MeterRegistry meters) {
        this.inbox = inbox;
        this.events = events;
        this.decisions = decisions;
        this.meters = meters;
    }

    @KafkaListener(
            id = "core-banking",
            groupId = "${darvoza.banking-docs.core-banking.group:banking-docs-service}",
            topics = AbsDocumentStatusV1.TYPE)
    void on(SuiteEvent event) {
        Answer answer = answer(event);
        Mono<Void> effect =
                decisions.apply(answer).doOnNext(done -> note(answer, done)).then();
        Await.within(inbox.once(CONSUMER, event, effect).then(), BOUND);
    }

    private Answer answer(SuiteEvent event) {
        AbsDocumentStatusV1 data = events.read(event, AbsDocumentStatusV1.class);
        String reason = data.reason();
        if (reason != null
                && (reason.length() > MAX_REASON_LENGTH || reason.chars().anyMatch(Character::isISOControl))) {
            throw unreadable(event, "reason");
        }
        return new Answer(data.documentId(), data.version(), verdict(event, data), reason);
    }

    private static Verdict verdict(SuiteEvent event, AbsDocumentStatusV1 data) {
        return Stream.of(Verdict.values())
                .filter(verdict -> verdict.name().toLowerCase(Locale.ROOT).equals(data.status()))
                .findFirst()
                .orElseThrow(() -> unreadable(event, "status"));
    }

    /** What is not tried again, and goes to the dead letters at once. */
    private static ConversionException unreadable(SuiteEvent event, String member) {
        return new ConversionException(
                "an answer of the АБС cannot be read: " + event.id(), new IllegalArgumentException(member));
    }

    private void note(Answer answer, Effect effect) {
        meters.counter("darvoza.core-banking.answers", "effect", effect.name().toLowerCase(Locale.ROOT))
                .increment();
        if (effect != Effect.APPLIED) {
            log.info("The АБС's answer about document {} changes nothing: {}", answer.documentId(), effect);
        }
    }
}
