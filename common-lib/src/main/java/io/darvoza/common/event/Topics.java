package io.darvoza.common.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the service's topics and their dead-letter topics in the background: a service starts while the broker is away, and makes
 * them when it comes.
 */
public final class Topics implements SmartLifecycle {

    /** Ends the name of the topic that keeps what a listener could not take. */
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    private static final Logger log = LoggerFactory.getLogger(Topics.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KafkaAdmin admin;
    private final NewTopic[] wanted;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;

    Topics(KafkaAdmin admin, EventProperties properties) {
        this.admin = admin;
        this.wanted = topics(properties).toArray(NewTopic[]::new);
    }

    private static List<NewTopic> topics(EventProperties properties) {
        var topics = new ArrayList<NewTopic>();
        for (String name : properties.topics()) {
            topics.add(topic(name, properties));
            topics.add(topic(name + DEAD_LETTER_SUFFIX, properties));
        }
        return topics;
    }

    private static NewTopic topic(String name, EventProperties properties) {
        TopicBuilder topic = TopicBuilder.name(name).partitions(properties.partitions());
        return properties.replicas() < 1
                ? topic.build()
                : topic.replicas(properties.replicas()).build();
    }

    @Override
    public void start() {
        running = true;
        if (wanted.length > 0) {
            Thread.ofVirtual().name("kafka-topics").start(this::createInTheEnd);
        }
    }

    private void createInTheEnd() {
        try {
            Duration pause = FIRST_PAUSE;
            while (!created() && !stopped.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean created() {
        try {
            admin.createOrModifyTopics(wanted);
            log.info(
                    "topics are there: {}",
                    List.of(wanted).stream().map(NewTopic::name).toList());
            return true;
        } catch (RuntimeException e) {
            log.warn("topics are not made yet: {}", e.toString());
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        stopped.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
