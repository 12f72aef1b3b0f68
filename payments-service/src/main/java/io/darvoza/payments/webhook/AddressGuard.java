package io.darvoza.payments.webhook;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/**
 * Looks at the address that a connection is really made to, after all resolving: a name that points to us, or that points to
 * us only sometimes, gets no connection.
 */
final class AddressGuard extends ChannelOutboundHandlerAdapter {

    private static final String REFUSED = "address_refused";

    private final Predicate<InetAddress> allowed;

    AddressGuard(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
            throws Exception {
        boolean good = remote instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && allowed.test(socket.getAddress());
        if (good) {
            super.connect(context, remote, local, promise);
        } else {
            promise.setFailure(new ConnectException(REFUSED));
        }
    }

    /** Whether the fault, or one behind it, is this guard's. */
    static boolean refused(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (REFUSED.equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
