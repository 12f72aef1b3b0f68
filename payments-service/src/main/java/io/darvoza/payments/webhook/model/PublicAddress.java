package io.darvoza.payments.webhook.model;

import io.darvoza.payments.signature.model.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the internet from those that only mean something near this machine or nowhere: IANA's special-purpose
 * registries for IPv4 and IPv6 (RFC 6890 and later). An IPv6 address that carries an IPv4 one is judged by that, too.
 */
public final class PublicAddress {

    private static final List<AddressRange> SPECIAL_V4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Nothing outside of it is given out to anybody. */
    private static final AddressRange GLOBAL_V6 = AddressRange.of("2000::/3");

    private static final List<AddressRange> SPECIAL_V6 = blocks("2001::/23", "2001:db8::/32", "3fff::/20");

    private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isPublicV4(address);
        }
        if (NAT64.contains(address)) {
            return isPublicV4(carried(address, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublicV4(carried(address, 2));
        }
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(block -> block.contains(address));
    }

    private static boolean isPublicV4(InetAddress address) {
        return SPECIAL_V4.stream().noneMatch(block -> block.contains(address));
    }

    private static InetAddress carried(InetAddress address, int start) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), start, start + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    private static List<AddressRange> blocks(String... texts) {
        return Arrays.stream(texts).map(AddressRange::of).toList();
    }
}
