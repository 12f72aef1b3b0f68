package io.darvoza.local.bench;

/** A table in Markdown. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(String... columns) {
        row(columns);
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A quantity: its summary and all its values. */
    void add(String name, Samples samples, String format) {
        row(name, samples.summary(format), samples.raw(format));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
