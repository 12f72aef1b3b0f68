package io.darvoza.egov.provider.model;

/** How much a verdict is worth; more with each constant. */
public enum Assurance {
    /** The digits alone: can refuse, can never confirm. */
    LOCAL,
    /** A row of an open data set: somebody published the number. */
    OPEN_DATA,
    /** The state's register, asked with the person's consent. */
    REGISTRY,
    /** The person signed with a key that names the number. */
    SIGNATURE
}
