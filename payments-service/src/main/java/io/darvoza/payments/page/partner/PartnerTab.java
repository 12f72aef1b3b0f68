package io.darvoza.payments.page.partner;

import java.util.Locale;

/** The partner's pages, in their order; a template reads them. */
public enum PartnerTab {
    MONEY,
    KEYS,
    CALLBACKS,
    SIMULATION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where it is: the first one is the partner's page itself. */
    public String path() {
        return this == MONEY ? PartnerFrame.PATH : PartnerFrame.PATH + "/" + word();
    }
}
