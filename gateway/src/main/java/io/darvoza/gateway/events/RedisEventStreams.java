package io.darvoza.gateway.events;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.redis.RedisConnections;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.reactive.ChannelMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The streams in Redis. Every call ends within the time-out. */
final class RedisEventStreams implements EventStreams {

    private static final String CHANNEL = "events:poke";
    private static final String STORE = script();

    private final Supplier<CompletableFuture<StatefulRedisConnection<String, String>>> commands;
    private final Supplier<CompletableFuture<StatefulRedisPubSubConnection<String, String>>> messages;
    private final EventsProperties properties;
    private final Clock clock;

    RedisEventStreams(RedisConnections redis, EventsProperties properties, Clock clock) {
        this.commands = redis.commands(StringCodec.UTF8);
        this.messages = redis.messages();
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Mono<Outcome> append(SuiteEvent event) {
        String owner = Owners.nameOf(event.owner());
        String[] keys = {key(owner), key(owner) + ":last:" + event.source() + ":" + event.subject()};
        String[] arguments = {
            Long.toString(event.aggregateVersion()),
            event.id().toString(),
            event.type(),
            StructuredEvent.of(event),
            Integer.toString(properties.maxLength()),
            clock.instant().minus(properties.keep()).toEpochMilli() + "-0",
            Long.toString(properties.keep().toSeconds()),
            CHANNEL,
            owner
        };
        return redis().flatMap(redis -> store(redis, keys, arguments))
                .map(Outcome::valueOf)
                .timeout(properties.timeout());
    }

    private static Mono<String> store(RedisReactiveCommands<String, String> redis, String[] keys, String[] arguments) {
        return redis.<String>evalsha(redis.digest(STORE), ScriptOutputType.VALUE, keys, arguments)
                .onErrorResume(
                        RedisNoScriptException.class,
                        _ -> redis.<String>eval(STORE, ScriptOutputType.VALUE, keys, arguments))
                .next();
    }

    @Override
    public Mono<Page> after(String owner, String id) {
        Range<String> range = Range.from(Range.Boundary.including(id), Range.Boundary.unbounded());
        Limit limit = Limit.from(properties.page() + 1);
        return redis().flatMapMany(redis -> redis.xrange(key(owner), range, limit))
                .map(RedisEventStreams::from)
                .collectList()
                .map(events -> page(events, id))
                .timeout(properties.timeout());
    }

    /** The event of the id itself is asked for, too: it is there as long as nothing after it was trimmed. */
    private static Page page(List<StoredEvent> events, String id) {
        if (!events.isEmpty() && events.getFirst().id().equals(id)) {
            return new Page(events.subList(1, events.size()), false);
        }
        return new Page(events, !id.equals(Position.START));
    }

    @Override
    public Mono<String> last(String owner) {
        return redis().flatMapMany(redis -> redis.xrevrange(key(owner), Range.unbounded(), Limit.from(1)))
                .next()
                .map(StreamMessage::getId)
                .defaultIfEmpty(Position.START)
                .timeout(properties.timeout());
    }

    @Override
    public Flux<String> pokes() {
        return Flux.usingWhen(
                Mono.fromFuture(messages, true),
                connection -> connection
                        .reactive()
                        .subscribe(CHANNEL)
                        .thenMany(connection.reactive().observeChannels())
                        .map(ChannelMessage::getMessage),
                connection -> connection.reactive().unsubscribe(CHANNEL));
    }

    private Mono<RedisReactiveCommands<String, String>> redis() {
        return Mono.fromFuture(commands, true).map(StatefulRedisConnection::reactive);
    }

    private static StoredEvent from(StreamMessage<String, String> stored) {
        Map<String, String> fields = stored.getBody();
        return new StoredEvent(stored.getId(), fields.getOrDefault("type", ""), fields.getOrDefault("json", "{}"));
    }

    /** The braces keep all keys of an owner in one slot of a cluster. */
    private static String key(String owner) {
        return "events:{" + owner + "}";
    }

    private static String script() {
        try {
            return new ClassPathResource("store-event.lua").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
