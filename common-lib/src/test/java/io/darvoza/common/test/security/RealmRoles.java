package io.darvoza.common.test.security;

import java.util.List;
import java.util.Set;

/** The roles of the realm {@code darvoza}, each of which the authorisation matrix tries. */
public final class RealmRoles {

    public static final List<String> ALL = List.of(
            "bank_client",
            "dbo_operator",
            "abs_worker",
            "sm_manager",
            "bank_admin",
            "partner",
            "payments_operator",
            "payments_supervisor",
            "payments_compliance",
            "payments_admin",
            "gosuslugi_applicant",
            "gosuslugi_operator",
            "egov_user",
            "egov_host",
            "egov_admin",
            "identification_source",
            "identification_reviewer",
            "auditor",
            "ops");

    /** Roles that clients hold rather than people. */
    static final Set<String> OF_PROGRAMS = Set.of("partner", "identification_source", "egov_host");

    private RealmRoles() {}
}
