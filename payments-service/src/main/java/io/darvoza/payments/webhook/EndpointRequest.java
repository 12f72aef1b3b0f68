package io.darvoza.payments.webhook;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.webhook.model.CallbackUrl;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a partner says of an endpoint. */
@Schema(name = "WebhookWish")
record EndpointRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "https://shop.example/payments/callbacks",
                description = "https, to a public address")
        @Nullable
        String url,

        @Schema(maxLength = 200) @Nullable String description,

        @Schema(description = "What to tell; absent or empty: everything") @Nullable
        List<String> eventTypes,

        @Schema(
                allowableValues = {"active", "disabled"},
                defaultValue = "active")
        @Nullable
        String status) {

    private static final int MAX_DESCRIPTION = 200;

    private static final Set<String> EVENT_TYPES = Set.of(
            "payment.created",
            "payment.processing",
            "payment.held",
            "payment.released",
            "payment.approved",
            "payment.failed",
            "payment.rejected",
            "payment.expired",
            "payment.cancelled",
            "payment.reversed",
            "payment.late_received");

    /** The wish. Raises {@link CommonProblem#VALIDATION_FAILED} that names every wrong member. */
    Endpoints.Wish toWish(Set<String> exceptions) {
        ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        boolean good = urlIsGood(exceptions, problem);
        if (description != null && description.length() > MAX_DESCRIPTION) {
            problem.error("/description", "at most " + MAX_DESCRIPTION + " characters");
            good = false;
        }
        List<String> types = eventTypes == null ? List.of() : eventTypes;
        for (int i = 0; i < types.size(); i++) {
            if (!EVENT_TYPES.contains(types.get(i))) {
                problem.error("/event_types/" + i, "unknown");
                good = false;
            }
        }
        if (status != null && !Set.of("active", "disabled").contains(status)) {
            problem.error("/status", "active or disabled");
            good = false;
        }
        if (!good) {
            throw problem;
        }
        List<String> distinct = types.stream().distinct().sorted().toList();
        return new Endpoints.Wish(url == null ? "" : url, description, distinct, !"disabled".equals(status));
    }

    private boolean urlIsGood(Set<String> exceptions, ProblemException problem) {
        Optional<String> refusal = CallbackUrl.refusal(url == null ? "" : url, exceptions);
        refusal.ifPresent(reason -> problem.error("/url", reason));
        return refusal.isEmpty();
    }
}
