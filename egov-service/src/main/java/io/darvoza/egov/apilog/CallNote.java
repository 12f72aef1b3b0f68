package io.darvoza.egov.apilog;

import io.darvoza.common.security.Caller;
import io.darvoza.egov.number.DocumentNumber;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What an operation tells the log of its own call: which number it is about, and what became of it. */
public final class CallNote {

    private static final String ATTRIBUTE = CallNote.class.getName();

    private @Nullable DocumentNumber number;
    private @Nullable UUID verificationId;
    private @Nullable String error;
    private @Nullable Opened opened;
    private @Nullable Integer logged;

    private CallNote() {}

    /** The note of this call. */
    public static CallNote of(ServerWebExchange exchange) {
        CallNote note = exchange.getAttribute(ATTRIBUTE);
        if (note == null) {
            note = new CallNote();
            exchange.getAttributes().put(ATTRIBUTE, note);
        }
        return note;
    }

    public void about(DocumentNumber asked) {
        number = asked;
    }

    public void became(UUID verification, @Nullable String reason) {
        verificationId = verification;
        error = reason;
    }

    /** The call's row is kept, and says that it was answered with this status. */
    public void logged(int status) {
        logged = status;
    }

    /**
     * A call that is to be logged.
     *
     * @param start as {@link System#nanoTime}
     */
    record Opened(long start, @Nullable Caller caller) {}

    void opened(long start, @Nullable Caller caller) {
        opened = new Opened(start, caller);
    }

    @Nullable
    Opened opened() {
        return opened;
    }

    boolean isLogged(int status) {
        return logged != null && logged == status;
    }

    @Nullable
    DocumentNumber number() {
        return number;
    }

    @Nullable
    UUID verificationId() {
        return verificationId;
    }

    @Nullable
    String error() {
        return error;
    }
}
