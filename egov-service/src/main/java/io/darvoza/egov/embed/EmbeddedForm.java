package io.darvoza.egov.embed;

/** Whoever fills in a form on another origin, vouched for by an embed token of the form's host. */
public final class EmbeddedForm {

    /** What such a caller may call names this role; no realm has it, so that an embed token opens nothing else. */
    public static final String ROLE = "egov_embed";

    private EmbeddedForm() {}
}
