package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Doors.May;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The parts of the area, in their order. */
public enum Tab {
    OWN("/documents", "POST /documents"),
    QUEUE("/documents/queue", "GET /documents/queue"),
    CONTRACTS("/documents/contracts", "GET /documents/contracts");

    private final String path;
    private final String operation;

    Tab(String path, String operation) {
        this.path = path;
        this.operation = operation;
    }

    /** The parts that the person's roles open. */
    static List<Tab> openTo(May may) {
        return Arrays.stream(values()).filter(tab -> may.to(tab.operation)).toList();
    }

    public String getPath() {
        return path;
    }

    /** Message key of its name. */
    public String getTitle() {
        return "desk.tab." + name().toLowerCase(Locale.ROOT);
    }
}
