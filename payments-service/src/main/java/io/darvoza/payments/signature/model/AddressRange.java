package io.darvoza.payments.signature.model;

import java.net.InetAddress;

/**
 * A block of addresses: one address, or a prefix after CIDR ({@code 203.0.113.0/24}, {@code 2001:db8::/32}). Names are no
 * addresses, and nothing is ever resolved.
 *
 * @param prefix how many leading bits count
 */
public record AddressRange(InetAddress address, int prefix) {

    public AddressRange {
        if (prefix < 0 || prefix > bits(address)) {
            throw new IllegalArgumentException("a prefix is 0 to " + bits(address));
        }
    }

    /** An {@link IllegalArgumentException} for what is neither an address nor a block. */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        return new AddressRange(address, slash < 0 ? bits(address) : Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] others = other.getAddress();
        if (own.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((own[bit / 8] & mask) != (others[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(InetAddress address) {
        return 8 * address.getAddress().length;
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return prefix == bits(address) ? address.getHostAddress() : address.getHostAddress() + "/" + prefix;
    }
}
