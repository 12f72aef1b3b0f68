package io.darvoza.local.state;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The API key of a demo partner of payments-service, so that scripts can sign without onboarding first.
 *
 * @param id fixed, as the service's data of a local run has it
 * @param secretHex 32 bytes
 */
public record PartnerKey(String id, String secretHex) {

    /** The clients that are partners in a local run. */
    public static final List<String> PARTNERS = List.of("partner", "partner2");

    public static final String CURRENCY = "RUB";

    private static final String ID = "00000000-0000-7000-8000-00000000052";

    public static PartnerKey of(Secrets secrets, String partner) {
        byte[] secret = Base64.getDecoder().decode(secrets.key("partner-key." + partner));
        return new PartnerKey(
                ID + (PARTNERS.indexOf(partner) + 1), HexFormat.of().formatHex(secret));
    }

    @Override
    public String toString() {
        return "PartnerKey[" + id + "]";
    }
}
