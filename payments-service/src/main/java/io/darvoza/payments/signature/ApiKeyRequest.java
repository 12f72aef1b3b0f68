package io.darvoza.payments.signature;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a partner says of a new key. */
@Schema(name = "NewApiKey")
record ApiKeyRequest(
        @Schema(maxLength = 100, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String label,

        @Schema(
                allowableValues = {"create", "read", "payout", "manage"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<String> scopes,

        @Schema(description = "Addresses and CIDR blocks; absent: from everywhere") @Nullable
        List<String> ipAllowlist,

        @Nullable Instant expiresAt) {

    private static final int MAX_LABEL = 100;
    private static final int MAX_ADDRESSES = 50;

    /** The wish. Raises {@link CommonProblem#VALIDATION_FAILED} that names every wrong member. */
    ApiKeys.Wish toWish(Instant now) {
        ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        var wrong = new ArrayList<String>();
        String text = label == null ? "" : label.strip();
        if (text.isEmpty() || text.length() > MAX_LABEL) {
            wrong.add("/label");
            problem.error("/label", "1 to " + MAX_LABEL + " characters");
        }
        Set<Scope> wanted = scopes(problem, wrong);
        List<AddressRange> ranges = ranges(problem, wrong);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            wrong.add("/expires_at");
            problem.error("/expires_at", "must be in the future");
        }
        if (!wrong.isEmpty()) {
            throw problem;
        }
        return new ApiKeys.Wish(text, wanted, ranges, expiresAt);
    }

    private Set<Scope> scopes(ProblemException problem, List<String> wrong) {
        Set<Scope> wanted = EnumSet.noneOf(Scope.class);
        List<String> words = scopes == null ? List.of() : scopes;
        for (int i = 0; i < words.size(); i++) {
            String pointer = "/scopes/" + i;
            Scope.of(words.get(i)).ifPresentOrElse(wanted::add, () -> {
                wrong.add(pointer);
                problem.error(pointer, "create, read, payout or manage");
            });
        }
        if (words.isEmpty()) {
            wrong.add("/scopes");
            problem.error("/scopes", "at least one");
        }
        return wanted;
    }

    private List<AddressRange> ranges(ProblemException problem, List<String> wrong) {
        List<String> texts = ipAllowlist == null ? List.of() : ipAllowlist;
        if (texts.size() > MAX_ADDRESSES) {
            wrong.add("/ip_allowlist");
            problem.error("/ip_allowlist", "at most " + MAX_ADDRESSES);
            return List.of();
        }
        var ranges = new ArrayList<AddressRange>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(AddressRange.of(texts.get(i)));
            } catch (IllegalArgumentException unreadable) {
                wrong.add("/ip_allowlist/" + i);
                problem.error("/ip_allowlist/" + i, "an address or a CIDR block");
            }
        }
        return ranges;
    }
}
