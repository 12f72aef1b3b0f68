package io.darvoza.common.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Calls that BlockHound takes for blocking and that never wait. Found by {@code META-INF/services}; also in other modules. */
public final class HarmlessBlocking implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Random numbers come out of /dev/urandom, which always answers: logins of database drivers, session ids,
        // nonces.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes");
        // The queue of a scheduler is locked for the moment that a timer is put in or taken out.
        String queue = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
        builder.allowBlockingCallsInside(queue, "offer").allowBlockingCallsInside(queue, "remove");
        // Lettuce's lock of a connection is held for moments; an error thrown inside it would leave it broken for ever.
        String connection = "io.lettuce.core.protocol.SharedLock";
        builder.allowBlockingCallsInside(connection, "incrementWriters")
                .allowBlockingCallsInside(connection, "doExclusive");
        // Spring Data hands its one connection out under a lock. In the gateway SessionRedis sees to it that the
        // connection is there already; then callers who meet only pass each other.
        builder.allowBlockingCallsInside(
                "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
                "getSharedReactiveConnection");
        // A breaker notes each call under a lock that is held for a moment; calls that end together meet there.
        builder.allowBlockingCallsInside("io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "record");
        // Jackson makes the reader of a type once, under a lock; who needs it at the same moment waits for that.
        builder.allowBlockingCallsInside(
                "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer");
        // At shutdown the client of the object store waits for its connections to close, on Netty's global executor.
        builder.allowBlockingCallsInside(
                "software.amazon.awssdk.http.nio.netty.internal.BetterSimpleChannelPool", "close");
    }
}
