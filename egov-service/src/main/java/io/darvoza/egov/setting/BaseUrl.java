package io.darvoza.egov.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Which addresses the upstream may have: the key travels there, so plain http is for named hosts of a local run alone. */
final class BaseUrl {

    private BaseUrl() {}

    static boolean isAllowed(String text, Set<String> plainHosts) {
        try {
            URI address = new URI(text);
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && !text.contains("{")
                    && (address.getScheme().equals("https") || plainHosts.contains(address.getHost()));
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
