package io.darvoza.common.deadletter;

import io.darvoza.common.event.Topics;
import io.darvoza.common.problem.CommonProblem;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code /actuator/deadletters} on the management port, for the role {@code ops}: what waits in the dead-letter topics of the topics
 * that this service listens to, and by {@code POST /actuator/deadletters/{topic}} its replay.
 */
@WebEndpoint(id = "deadletters")
final class DeadLettersEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DeadLettersEndpoint.class);

    private final DeadLetters letters;
    private final Supplier<KafkaListenerEndpointRegistry> listeners;

    DeadLettersEndpoint(DeadLetters letters, Supplier<KafkaListenerEndpointRegistry> listeners) {
        this.letters = letters;
        this.listeners = listeners;
    }

    record Overview(List<DeadLetters.Waiting> topics) {}

    @ReadOperation
    Overview overview() {
        return answered(
                () -> new Overview(topics().stream().map(letters::waiting).toList()));
    }

    /** Raises {@link CommonProblem#NOT_FOUND} for a topic that this service does not listen to. */
    @WriteOperation
    Mono<DeadLetters.Replay> replay(@Selector String topic) {
        // A parameter for the caller would be taken for a body, which then every call would have to send.
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .map(Authentication::getName)
                .defaultIfEmpty("nobody")
                .publishOn(Schedulers.boundedElastic())
                .map(caller -> replay(topic, caller));
    }

    private DeadLetters.Replay replay(String topic, String caller) {
        if (!topics().contains(topic)) {
            throw CommonProblem.NOT_FOUND.exception();
        }
        DeadLetters.Replay replay = answered(() -> letters.replay(topic));
        log.info("{} dead letters of {} were replayed by {}", replay.replayed(), topic, caller);
        return replay;
    }

    private SortedSet<String> topics() {
        SortedSet<String> topics = new TreeSet<>();
        for (MessageListenerContainer container : listeners.get().getAllListenerContainers()) {
            String[] names = container.getContainerProperties().getTopics();
            if (names != null) {
                topics.addAll(Arrays.asList(names));
            }
        }
        topics.removeIf(topic -> topic.endsWith(Topics.DEAD_LETTER_SUFFIX));
        return topics;
    }

    private static <T> T answered(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (KafkaException away) {
            throw CommonProblem.SERVICE_UNAVAILABLE.exception().causedBy(away);
        }
    }
}
