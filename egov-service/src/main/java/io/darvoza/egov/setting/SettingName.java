package io.darvoza.egov.setting;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings, by the seed's names, which are those of the environment variables, too. */
public enum SettingName {
    EGOV_API_KEY(null, "1 to 200 visible ASCII characters", Pattern.compile("[\\x21-\\x7E]{1,200}")),
    EGOV_BASE_URL(
            "https://data.egov.kz/api/v4",
            "an https address without query",
            Pattern.compile("https?://[^\\s?#@]{1,300}")),
    /** Seconds for all tries of one question together. */
    EGOV_TIMEOUT("30", "1 to 30", Pattern.compile("[1-9]|[12][0-9]|30")),
    /** Tries of one question, the first one counted. */
    EGOV_MAX_RETRIES("3", "1 to 3", Pattern.compile("[1-3]")),
    EGOV_RATE_LIMIT_PER_MINUTE("60", "1 to 60", Pattern.compile("[1-9]|[1-5][0-9]|60")),
    EGOV_CACHE_TTL_SECONDS("300", "1 to 300", Pattern.compile("[1-9][0-9]?|[12][0-9]{2}|300")),
    EGOV_ENABLED("true", "true or false", Pattern.compile("true|false")),
    EGOV_LOG_LEVEL("INFO", "DEBUG, INFO, WARN or ERROR", Pattern.compile("DEBUG|INFO|WARN|ERROR")),
    /** Where ИИН, passports and БИН are looked up; the word none for nowhere. */
    EGOV_IIN_DATASET("none", Dataset.FORM_IN_WORDS, Dataset.FORM),
    EGOV_PASSPORT_DATASET("none", Dataset.FORM_IN_WORDS, Dataset.FORM),
    EGOV_BIN_DATASET("gbd_ul/v1/bin", Dataset.FORM_IN_WORDS, Dataset.FORM);

    private static final List<SettingName> ALL = List.of(values());

    private final @Nullable String fallback;
    private final String rule;
    private final Pattern form;

    SettingName(@Nullable String fallback, String rule, Pattern form) {
        this.fallback = fallback;
        this.rule = rule;
        this.form = form;
    }

    /** The setting of that name, if there is one. */
    public static Optional<SettingName> of(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /** Whether the value is encrypted at rest and never shown. */
    public boolean isSecret() {
        return this == EGOV_API_KEY;
    }

    /** What holds when neither database nor environment say anything; null for a setting that has no default. */
    @Nullable
    String fallback() {
        return fallback;
    }

    /** What a value has to be, in words. */
    public String rule() {
        return rule;
    }

    /** Whether the value can be used. Plain http is for the hosts that the operator has named. */
    boolean accepts(String value, Set<String> plainHosts) {
        return form.matcher(value).matches() && (this != EGOV_BASE_URL || BaseUrl.isAllowed(value, plainHosts));
    }
}
