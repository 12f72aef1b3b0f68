package io.darvoza.gateway.hygiene;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Takes out of a request's head what only the gateway may say, before anything else sees it and without copying the head.
 * Afterwards {@code X-Request-ID} is a UUID, {@code X-Forwarded-For} is the caller's one address, and no other header
 * claims who or from where the caller is.
 *
 * <p>What Netty's decoder lets through though RFC 9112 does not (no {@code Host}, or two) is refused here with 400.
 */
@Sharable
final class RequestSanitizer extends ChannelInboundHandlerAdapter {

    static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final Set<String> FORGEABLE = Set.of(
            "forwarded",
            "x-real-ip",
            "client-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "x-original-url",
            "x-original-host",
            "x-rewrite-url",
            "x-host",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-application-context",
            "x-authenticated-user",
            "x-remote-user",
            "remote-user",
            "proxy",
            "proxy-connection");

    /** What {@code Connection} may say for itself, and what the message cannot be read without. */
    private static final Set<String> STAY =
            Set.of("close", "keep-alive", "connection", "host", "content-length", "transfer-encoding");

    private final TrustedProxies proxies;

    RequestSanitizer(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isSuccess()) {
                sanitize(request, peer(context));
            }
        } else if (message instanceof HttpContent body && body.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(context);
            return;
        }
        context.fireChannelRead(message);
    }

    /**
     * A body that breaks off in nonsense. Reactor Netty would take it for complete, and a service would act on half of it;
     * a connection that closes is an error to everybody.
     */
    private static void refuse(ChannelHandlerContext context) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, "0")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ChannelFuture written = context.writeAndFlush(answer);
        written.addListener(ChannelFutureListener.CLOSE);
    }

    /** The connection as the rest of the gateway sees it: from the caller, not from the last proxy. */
    static ConnectionInfo withCaller(ConnectionInfo connection, HttpRequest request) {
        String caller = request.headers().get(FORWARDED_FOR);
        InetSocketAddress peer = connection.getRemoteAddress();
        if (caller == null || peer == null || caller.equals(peer.getHostString())) {
            return connection;
        }
        return connection.withRemoteAddress(new InetSocketAddress(InetAddress.ofLiteral(caller), peer.getPort()));
    }

    private void sanitize(HttpRequest request, @Nullable InetAddress peer) {
        HttpHeaders headers = request.headers();
        if (!hasOneHost(request)) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Host")));
            return;
        }
        String caller = caller(headers, peer);
        List<String> forged = forged(headers);
        if (forged != null) {
            forged.forEach(headers::remove);
        }
        headers.set(FORWARDED_FOR, caller);
        if (!RequestId.isOne(headers.getAll(RequestId.HEADER))) {
            headers.set(RequestId.HEADER, RequestId.next());
        }
    }

    private String caller(HttpHeaders headers, @Nullable InetAddress peer) {
        if (peer == null) {
            return "0.0.0.0";
        }
        return proxies.trusts(peer)
                ? proxies.caller(peer, String.join(",", headers.getAll(FORWARDED_FOR)))
                : peer.getHostAddress();
    }

    private static boolean hasOneHost(HttpRequest request) {
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts == 1 || (hosts == 0 && !request.protocolVersion().equals(HttpVersion.HTTP_1_1));
    }

    /** The names to take out; null, as mostly, when there are none. */
    private static @Nullable List<String> forged(HttpHeaders headers) {
        List<String> names = null;
        var entries = headers.iteratorCharSequence();
        while (entries.hasNext()) {
            var entry = entries.next();
            String name = entry.getKey().toString().toLowerCase(Locale.ROOT);
            if (isForgeable(name)) {
                names = names == null ? new ArrayList<>() : names;
                names.add(name);
            } else if (name.equals("connection")) {
                names = withOptions(entry.getValue().toString(), names);
            }
        }
        return names;
    }

    private static boolean isForgeable(String name) {
        return name.startsWith("x-forwarded-") || name.startsWith("x-user-") || FORGEABLE.contains(name);
    }

    /**
     * The headers that {@code Connection} names end here (RFC 9110 §7.6.1). Taken out on arrival, before we add any, so
     * that a caller cannot make us drop a header of ours.
     */
    private static @Nullable List<String> withOptions(String connection, @Nullable List<String> names) {
        List<String> all = names;
        for (String option : connection.split(",")) {
            String name = option.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !STAY.contains(name)) {
                all = all == null ? new ArrayList<>() : all;
                all.add(name);
            }
        }
        return all;
    }

    private static @Nullable InetAddress peer(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress socket ? socket.getAddress() : null;
    }
}
