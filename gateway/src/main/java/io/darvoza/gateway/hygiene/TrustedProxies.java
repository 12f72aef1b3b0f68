package io.darvoza.gateway.hygiene;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the address of the caller proper from those of the proxies that stand before the gateway. */
final class TrustedProxies {

    /** An address block; a single address is a block of full length. */
    private record Network(byte[] address, int bits) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw unreadable(text);
            }
            byte[] bytes = address.getAddress();
            int longest = bytes.length * 8;
            int bits = slash < 0 ? longest : bits(text, slash + 1);
            if (bits < 0 || bits > longest) {
                throw unreadable(text);
            }
            return new Network(bytes, bits);
        }

        private static int bits(String text, int from) {
            try {
                return Integer.parseInt(text.substring(from));
            } catch (NumberFormatException noNumber) {
                throw unreadable(text);
            }
        }

        private static IllegalArgumentException unreadable(String text) {
            return new IllegalArgumentException(
                    "darvoza.gateway.hygiene.trusted-proxies: neither an address nor a network: «" + text + "»");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, other, 0, whole)
                    && (rest == 0 || (address[whole] ^ other[whole]) >> (8 - rest) == 0);
        }
    }

    private final List<Network> networks;

    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::of).toList();
    }

    boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /**
     * The last address of the way that is not one of ours: each proxy appends the one it was called from, and what stands
     * before the first that we trust is the caller's own invention.
     *
     * @param forwardedFor the header as it came, from a peer that {@link #trusts} let through
     */
    String caller(InetAddress peer, @Nullable String forwardedFor) {
        InetAddress last = peer;
        String[] way = forwardedFor == null ? new String[0] : forwardedFor.split(",");
        for (int i = way.length - 1; i >= 0 && trusts(last); i--) {
            InetAddress before = literal(way[i].strip());
            if (before == null) {
                break;
            }
            last = before;
        }
        return last.getHostAddress();
    }

    /** Never asks the name service: {@code ofLiteral} refuses names. */
    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
