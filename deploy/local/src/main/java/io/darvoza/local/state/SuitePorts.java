package io.darvoza.local.state;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The ports of one suite: all of {@link SuitePort}, shifted by an offset. Everything listens on 127.0.0.1 only. */
public record SuitePorts(int offset) {

    private static final int HIGHEST = 65_535;
    private static final Set<Integer> PLAIN =
            Arrays.stream(SuitePort.values()).map(SuitePort::number).collect(Collectors.toUnmodifiableSet());

    /** Refuses an offset that leaves the range of ports or meets a suite without offset. */
    public SuitePorts {
        for (var port : SuitePort.values()) {
            var shifted = port.number() + offset;
            if (offset < 0 || shifted > HIGHEST) {
                throw new IllegalArgumentException(
                        "SUITE_PORT_OFFSET=%d puts %s outside the ports up to %d".formatted(offset, port, HIGHEST));
            }
            if (offset != 0 && PLAIN.contains(shifted)) {
                throw new IllegalArgumentException(
                        "SUITE_PORT_OFFSET=%d puts %s onto port %d, which a suite without offset uses"
                                .formatted(offset, port, shifted));
            }
        }
    }

    static SuitePorts parse(String offset) {
        try {
            return new SuitePorts(Integer.parseInt(offset.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("SUITE_PORT_OFFSET=" + offset + " is not a number", e);
        }
    }

    public int of(SuitePort port) {
        return port.number() + offset;
    }

    public URI address(SuitePort port) {
        return URI.create("http://127.0.0.1:" + of(port));
    }

    /** Where people and programs reach the suite. */
    public URI publicUrl() {
        return address(SuitePort.GATEWAY);
    }
}
