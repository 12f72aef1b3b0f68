package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.SubStatus;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/** Which orders the payment desk looks at; absent criteria do not narrow. List, stream of rows and export take the same. */
record OpsFilter(
        @Nullable String status,

        @BindParam("sub_status") @Parameter(name = "sub_status") @Nullable
        String subStatus,

        @Nullable String type,
        @Nullable UUID partner,
        @Nullable UUID card,

        @BindParam("amount_from") @Parameter(name = "amount_from") @Nullable
        String amountFrom,

        @BindParam("amount_to") @Parameter(name = "amount_to") @Nullable
        String amountTo,

        @Nullable Instant from,
        @Nullable Instant to,

        @Parameter(description = "A subject, or none") @Nullable
        String assignee,

        @BindParam("older_than")
        @Parameter(name = "older_than", description = "Seconds since it came to the desk")
        @Nullable
        Integer olderThan,

        @Parameter(description = "An uid, an external id, a payer's id or a bank reference, whole") @Nullable
        String q,

        @Parameter(description = "newest (default) or oldest first") @Nullable
        String order) {

    private static final int MAX_TEXT = 64;

    /** Conditions on table {@code payment_order o}, each of which begins with {@code and}, and their values. */
    record Conditions(String sql, Map<String, Object> values) {}

    boolean isOldestFirst() {
        return "oldest".equals(order);
    }

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with every criterion that makes no sense. */
    Conditions conditions(Instant now) {
        var errors = new LinkedHashMap<String, String>();
        var sql = new StringBuilder();
        var values = new LinkedHashMap<String, Object>();
        requireWord(errors, "/status", status, OrderStatus::ofWord);
        requireWord(errors, "/sub_status", subStatus, SubStatus::ofWord);
        requireWord(errors, "/type", type, OrderType::ofWord);
        if (order != null && !Set.of("newest", "oldest").contains(order)) {
            errors.put("/order", "newest or oldest");
        }
        if (q != null && (q.isBlank() || q.length() > MAX_TEXT || q.indexOf('\0') >= 0)) {
            errors.put("/q", "1.." + MAX_TEXT);
        }
        if (olderThan != null && olderThan < 0) {
            errors.put("/older_than", "0 or more seconds");
        }
        Long least = minor(errors, "/amount_from", amountFrom);
        Long most = minor(errors, "/amount_to", amountTo);
        if (!errors.isEmpty()) {
            ProblemException refusal = CommonProblem.VALIDATION_FAILED.exception();
            errors.forEach(refusal::error);
            throw refusal;
        }
        // A known word, and not a value: a plan that is made for any status would look through all orders for the few
        // open ones.
        Optional.ofNullable(status)
                .flatMap(OrderStatus::ofWord)
                .ifPresent(known -> sql.append(" and o.status = '%s'".formatted(known.word())));
        add(sql, values, "o.sub_status = :subStatus", "subStatus", subStatus);
        add(sql, values, "o.type = :type", "type", type);
        add(sql, values, "o.partner_id = :partner", "partner", partner);
        add(sql, values, "o.card_id = :card", "card", card);
        add(sql, values, "o.amount >= :least", "least", least);
        add(sql, values, "o.amount <= :most", "most", most);
        add(sql, values, "o.created_at >= :from", "from", from);
        add(sql, values, "o.created_at < :to", "to", to);
        add(
                sql,
                values,
                "o.processing_at <= :before",
                "before",
                olderThan == null ? null : now.minus(Duration.ofSeconds(olderThan)));
        if ("none".equals(assignee)) {
            sql.append(" and o.assigned_to is null");
        } else {
            add(sql, values, "o.assigned_to = :assignee", "assignee", assignee == null ? null : "user:" + assignee);
        }
        addSearch(sql, values);
        return new Conditions(sql.toString(), values);
    }

    /** Whole words only, each of which has its index. */
    private void addSearch(StringBuilder sql, Map<String, Object> values) {
        if (q == null) {
            return;
        }
        String word = q.strip();
        try {
            values.put("uid", UUID.fromString(word));
            sql.append(" and (o.uid = :uid or o.external_id = :q or o.client_id = :q or o.bank_reference = :q)");
        } catch (IllegalArgumentException _) {
            sql.append(" and (o.external_id = :q or o.client_id = :q or o.bank_reference = :q)");
        }
        values.put("q", word);
    }

    private static void add(
            StringBuilder sql, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.put(name, value);
        }
    }

    private static void requireWord(
            Map<String, String> errors, String pointer, @Nullable String word, Function<String, Optional<?>> known) {
        if (word != null && known.apply(word).isEmpty()) {
            errors.put(pointer, "unknown");
        }
    }

    /** All currencies have the same digits, so a bound needs none. */
    private static @Nullable Long minor(Map<String, String> errors, String pointer, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Optional<Amount> amount = Amount.parse(text, Currency.RUB);
        if (amount.isEmpty()) {
            errors.put(pointer, "a decimal string");
            return null;
        }
        return amount.get().minor();
    }
}
