package io.darvoza.bankingdocs.page;

/** How a status is shown: never by colour alone. */
public record State(String tone, String icon) {

    /** Of a document, a contract or a link, by its word. */
    static State of(String status) {
        return switch (status) {
            case "pending", "suspended" -> new State("wait", "clock");
            case "approved", "active" -> new State("ok", "check");
            case "processed" -> new State("ok", "done");
            case "rejected", "revoked" -> new State("bad", "cross");
            case "draft" -> new State("info", "document");
            default -> new State("quiet", "archive");
        };
    }
}
