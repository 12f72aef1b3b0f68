package io.darvoza.gateway.routing;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose service is silent for too long between the head and the end of an answer. Silence counts only while
 * the gateway waits to read: a caller who takes the answer slowly is not the service's fault. One per connection, for its life.
 *
 * <p>Netty's own {@code ReadTimeoutHandler} knows no such difference, and would have to come and go with every answer; this one
 * has at most one task per connection and bound.
 */
final class BodySilence extends ChannelDuplexHandler {

    private final long boundNanos;
    private boolean inBody;
    private boolean reading;
    private boolean waiting;
    private long waitingSince;
    private @Nullable Future<?> check;

    BodySilence(Duration bound) {
        this.boundNanos = bound.toNanos();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!reading) {
            // Only the first message of what was read: whoever asks for more meanwhile waits for what comes after it.
            reading = true;
            waiting = false;
        }
        if (message instanceof HttpResponse) {
            inBody = true;
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
        }
        super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        reading = false;
        super.channelReadComplete(context);
    }

    @Override
    public void read(ChannelHandlerContext context) throws Exception {
        if (inBody && !waiting) {
            waiting = true;
            waitingSince = System.nanoTime();
            if (check == null) {
                checkIn(boundNanos, context);
            }
        }
        super.read(context);
    }

    private void checkIn(long nanos, ChannelHandlerContext context) {
        check = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        check = null;
        if (!inBody || !waiting) {
            return;
        }
        long left = boundNanos - (System.nanoTime() - waitingSince);
        if (left > 0) {
            checkIn(left, context);
        } else {
            waiting = false;
            context.fireExceptionCaught(ReadTimeoutException.INSTANCE);
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (check != null) {
            check.cancel(false);
        }
        super.channelInactive(context);
    }
}
