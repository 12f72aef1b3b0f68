package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.partner.Partner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partner's wish for an order, as it came. */
@Schema(name = "CreateOrder")
record CreateOrderRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"deposit", "withdrawal"})
        @Nullable
        String type,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1500.00") @Nullable
        String amount,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "RUB") @Nullable
        String currency,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64, example = "order-42") @Nullable
        String externalId,

        @Schema(maxLength = 2048) @Nullable String returnUrl,

        @Schema(
                maxLength = 2000,
                description =
                        "Where this order's callbacks go: at the origin of one of the partner's webhooks, in place of its"
                                + " address and signed with its secret")
        @Nullable
        String callbackUrl,

        @Schema(maxLength = 64, description = "The partner's own id of the payer") @Nullable
        String clientId,

        @Schema(maxLength = 500) @Nullable String description,

        @Schema(description = "Kept and given back, at most 2 KB") @Nullable
        Map<String, Object> metadata,

        @Nullable ReferenceRequest reference) {

    private static final Set<String> REFERENCE_TYPES = Set.of("contract", "state_order");

    /** What is paid for. */
    @Schema(name = "OrderReference")
    record ReferenceRequest(
            @Schema(allowableValues = {"contract", "state_order"}) @Nullable
            String type,

            @Schema(maxLength = 64) @Nullable String id) {}

    /** A wish that keeps the rules; the partner's own bounds are part of them. */
    record Checked(OrderType type, Amount amount, String externalId, CreateOrderRequest request) {}

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with every place that breaks a rule. */
    Checked check(Partner partner) {
        var errors = new LinkedHashMap<String, String>();
        Optional<OrderType> checkedType = Optional.ofNullable(type).flatMap(OrderType::ofWord);
        if (checkedType.isEmpty()) {
            errors.put("/type", "deposit or withdrawal");
        }
        Optional<Amount> checkedAmount =
                Optional.ofNullable(amount).flatMap(text -> Amount.parse(text, partner.currency()));
        if (checkedAmount.isEmpty() || checkedAmount.get().minor() == 0) {
            errors.put("/amount", "a decimal string greater than 0 with at most two digits behind the point");
        } else if (checkedAmount.get().minor() < partner.smallestMinor()
                || checkedAmount.get().minor() > partner.largestMinor()) {
            errors.put(
                    "/amount",
                    "%s..%s"
                            .formatted(
                                    Amount.format(partner.smallestMinor(), partner.currency()),
                                    Amount.format(partner.largestMinor(), partner.currency())));
        }
        if (!partner.currency().name().equals(currency)) {
            errors.put("/currency", partner.currency().name());
        }
        requireText(errors, "/external_id", externalId, 64, true);
        requireText(errors, "/client_id", clientId, 64, false);
        requireText(errors, "/description", description, 500, false);
        requireAddress(errors, "/return_url", returnUrl);
        requireReference(errors);
        if (!errors.isEmpty()) {
            ProblemException refusal = CommonProblem.VALIDATION_FAILED.exception();
            errors.forEach(refusal::error);
            throw refusal;
        }
        return new Checked(checkedType.orElseThrow(), checkedAmount.orElseThrow(), String.valueOf(externalId), this);
    }

    private void requireReference(Map<String, String> errors) {
        if (reference == null) {
            return;
        }
        if (reference.type() == null || !REFERENCE_TYPES.contains(reference.type())) {
            errors.put("/reference/type", "contract or state_order");
        }
        requireText(errors, "/reference/id", reference.id(), 64, true);
    }

    private static void requireText(
            Map<String, String> errors, String pointer, @Nullable String text, int longest, boolean required) {
        if (text == null) {
            if (required) {
                errors.put(pointer, "required");
            }
        } else if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            errors.put(pointer, "1.." + longest + " characters without control characters");
        }
    }

    private static void requireAddress(Map<String, String> errors, String pointer, @Nullable String address) {
        if (address != null && !isWebAddress(address)) {
            errors.put(pointer, "an absolute https address of at most 2048 characters");
        }
    }

    private static boolean isWebAddress(String address) {
        try {
            URI uri = URI.create(address);
            return address.length() <= 2048
                    && "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
