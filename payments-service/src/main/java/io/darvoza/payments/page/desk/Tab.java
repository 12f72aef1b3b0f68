package io.darvoza.payments.page.desk;

import io.darvoza.payments.page.desk.DeskDoors.May;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The parts of the desk, in their order. */
public enum Tab {
    QUEUE(""),
    SECOND("/second"),
    CARDS("/cards"),
    PARTNERS("/partners"),
    CURRENCIES("/currencies"),
    CASES("/cases"),
    STATISTICS("/statistics"),
    AUDIT("/audit"),
    SESSIONS("/sessions");

    private final String path;

    Tab(String path) {
        this.path = "/payments" + path;
    }

    static List<Tab> openTo(May may) {
        return Arrays.stream(values()).filter(tab -> may.to("GET " + tab.path)).toList();
    }

    public String getPath() {
        return path;
    }

    /** Message key of its name. */
    public String getTitle() {
        return "desk.tab." + name().toLowerCase(Locale.ROOT);
    }
}
