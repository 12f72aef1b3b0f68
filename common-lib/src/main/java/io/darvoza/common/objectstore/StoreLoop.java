package io.darvoza.common.objectstore;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The threads of the store's client. A group of the client's own would make every stop of a service wait two quiet seconds; whoever
 * closes this one has closed the client before.
 */
final class StoreLoop implements AutoCloseable {

    /** Chunks are signed and copied on the loop, so a second core helps and a third finds nothing to do. */
    private static final int THREADS = 2;

    @SuppressWarnings("deprecation") // The SDK knows no newer group.
    private final EventLoopGroup group = new NioEventLoopGroup(
            THREADS, Thread.ofPlatform().daemon().name("object-store-", 0).factory());

    SdkEventLoopGroup group() {
        return SdkEventLoopGroup.create(group, NioSocketChannel::new);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
