package io.darvoza.egov.provider.model;

/** Why a verification did not end as verified. */
public enum Reason {
    /** No document of a known kind has numbers of this form. */
    FORMAT(Kind.VERDICT),
    /** The check digit does not fit. */
    CHECKSUM(Kind.VERDICT),
    /** The provider has no such number. */
    NOT_FOUND(Kind.VERDICT),
    EXPIRED_DOC(Kind.VERDICT),
    REVOKED_DOC(Kind.VERDICT),
    /** No provider is set up for this kind of number, so nobody was asked. */
    NO_PROVIDER(Kind.OURS),
    /** The integration is switched off. */
    DISABLED(Kind.OURS),
    /** A setting cannot be used, or names what the upstream does not have. */
    CONFIG_ERROR(Kind.OURS),
    /** The provider may be asked with the person's consent only. */
    NO_CONSENT(Kind.OURS),
    /** Our own limit of upstream requests is reached. */
    QUOTA(Kind.OURS),
    /** As many requests as may run at once do. */
    BUSY(Kind.UPSTREAM),
    /** The upstream failed too often lately and is left alone for a while. */
    BREAKER_OPEN(Kind.UPSTREAM),
    UPSTREAM_TIMEOUT(Kind.UPSTREAM),
    UPSTREAM_ERROR(Kind.UPSTREAM),
    /** The upstream did not take the key. */
    UPSTREAM_AUTH(Kind.UPSTREAM),
    /** The upstream's own limit. */
    UPSTREAM_RATE(Kind.UPSTREAM),
    /** The upstream's answer is not what its description promises. */
    UPSTREAM_FORMAT(Kind.UPSTREAM),
    /** The upstream did not understand our question. */
    UPSTREAM_REFUSED(Kind.UPSTREAM);

    private final Kind kind;

    Reason(Kind kind) {
        this.kind = kind;
    }

    /** Whether the upstream is what failed, so that what it said before may stand in. */
    public boolean isOfUpstream() {
        return kind == Kind.UPSTREAM;
    }

    /** Whether waiting is what is asked for: a limit, ours or theirs, or an upstream that is left alone. */
    public boolean asksToWait() {
        return this == QUOTA || this == BUSY || this == BREAKER_OPEN || this == UPSTREAM_RATE;
    }

    private enum Kind {
        VERDICT,
        OURS,
        UPSTREAM
    }
}
