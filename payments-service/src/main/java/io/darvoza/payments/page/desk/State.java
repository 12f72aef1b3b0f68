package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import java.util.Objects;

/**
 * Where an order stands, as the desk shows it.
 *
 * @param name a status, while it is in processing its sub-status, or {@code reversed}
 */
public record State(String name, String tone, String icon) {

    static State of(Facts order) {
        String status = Objects.requireNonNullElse(order.text("status"), "");
        String subStatus = order.text("sub_status");
        String name = order.text("reversed_at") != null ? "reversed" : subStatus == null ? status : subStatus;
        return switch (name) {
            case "new" -> new State(name, "quiet", "clock");
            case "queued" -> new State(name, "wait", "clock");
            case "awaiting_second_approval" -> new State(name, "info", "person");
            case "on_hold" -> new State(name, "info", "document");
            case "approved" -> new State(name, "ok", "check");
            case "failed", "rejected", "reversed" -> new State(name, "bad", "cross");
            default -> new State(name, "quiet", "archive");
        };
    }

    /** Message key of its word. */
    public String getWord() {
        return "desk.state." + name;
    }
}
