package io.darvoza.payments.page.docs;

import org.jspecify.annotations.Nullable;

/** The samples that partners may take; a template reads them. */
public enum Sample {
    JAVA("Java", "DarvozaClient.java", "JDK 21+"),
    JAVASCRIPT("JavaScript", "darvoza-client.mjs", "Node.js 18+"),
    PYTHON("Python", "darvoza_client.py", "Python 3.9+"),
    PHP("PHP", "darvoza-client.php", "PHP 8.1+");

    private final String language;
    private final String file;
    private final String needs;

    Sample(String language, String file, String needs) {
        this.language = language;
        this.file = file;
        this.needs = needs;
    }

    public String language() {
        return language;
    }

    public String file() {
        return file;
    }

    public String needs() {
        return needs;
    }

    static @Nullable Sample of(String file) {
        for (Sample sample : values()) {
            if (sample.file.equals(file)) {
                return sample;
            }
        }
        return null;
    }
}
