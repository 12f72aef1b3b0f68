package io.darvoza.egov.setting;

import io.darvoza.egov.number.DocumentType;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings in force at one moment. */
public final class Settings {

    private final Map<SettingName, String> values;
    private final List<ApiKey> keys;
    private final Set<SettingName> broken;
    private final @Nullable URI baseUrl;
    private final Map<DocumentType, Dataset> datasets = new EnumMap<>(DocumentType.class);

    /**
     * @param values of all settings that have one and are neither secret nor broken
     * @param keys the newest first
     * @param broken settings whose stored value cannot be read or used
     */
    Settings(Map<SettingName, String> values, List<ApiKey> keys, Set<SettingName> broken) {
        this.values = new EnumMap<>(values);
        this.keys = List.copyOf(keys);
        this.broken = Set.copyOf(broken);
        String address = values.get(SettingName.EGOV_BASE_URL);
        this.baseUrl = address == null ? null : URI.create(address.replaceAll("/+$", ""));
        for (DocumentType type : DocumentType.values()) {
            Optional.ofNullable(values.get(nameOf(type)))
                    .flatMap(Dataset::of)
                    .ifPresent(dataset -> datasets.put(type, dataset));
        }
    }

    /** Settings that are set to something unusable. Nothing is asked of an upstream while there are any. */
    public Set<SettingName> broken() {
        return broken;
    }

    public boolean isEnabled() {
        return Boolean.parseBoolean(values.getOrDefault(SettingName.EGOV_ENABLED, "false"));
    }

    public URI baseUrl() {
        if (baseUrl == null) {
            throw new IllegalStateException(SettingName.EGOV_BASE_URL + " is broken");
        }
        return baseUrl;
    }

    /** For all tries of one question together. */
    public Duration timeout() {
        return Duration.ofSeconds(number(SettingName.EGOV_TIMEOUT));
    }

    /** Tries of one question, the first one counted. */
    public int tries() {
        return number(SettingName.EGOV_MAX_RETRIES);
    }

    public int ratePerMinute() {
        return number(SettingName.EGOV_RATE_LIMIT_PER_MINUTE);
    }

    public Duration cacheTtl() {
        return Duration.ofSeconds(number(SettingName.EGOV_CACHE_TTL_SECONDS));
    }

    public String logLevel() {
        return values.getOrDefault(SettingName.EGOV_LOG_LEVEL, "INFO");
    }

    /** Keys that may be used now, the newest first. */
    public List<ApiKey> keys() {
        return keys;
    }

    /** Where such numbers are looked up in open data. */
    public Optional<Dataset> dataset(DocumentType type) {
        return Optional.ofNullable(datasets.get(type));
    }

    private static SettingName nameOf(DocumentType type) {
        return switch (type) {
            case IIN -> SettingName.EGOV_IIN_DATASET;
            case PASSPORT -> SettingName.EGOV_PASSPORT_DATASET;
            case BIN -> SettingName.EGOV_BIN_DATASET;
        };
    }

    private int number(SettingName name) {
        return Integer.parseInt(value(name));
    }

    private String value(SettingName name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is broken");
        }
        return value;
    }
}
