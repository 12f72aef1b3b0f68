package io.darvoza.egov.setting;

import io.darvoza.common.crypto.BlindIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The settings in force on this instance: the database's value, else the environment's, else the default. A value of the database
 * that cannot be read is an error, never a reason to look further. Kept in memory and read anew when they change.
 */
@Component
public final class CurrentSettings {

    private static final int ID_BYTES = 6;

    private final SettingTable table;
    private final Environment environment;
    private final BlindIndex index;
    private final SettingProperties properties;
    private volatile @Nullable Snapshot snapshot;

    CurrentSettings(SettingTable table, Environment environment, BlindIndex index, SettingProperties properties) {
        this.table = table;
        this.environment = environment;
        this.index = index;
        this.properties = properties;
    }

    private record Snapshot(long generation, Settings settings, List<EffectiveSetting> effective) {}

    /** What holds now. */
    public Mono<Settings> now() {
        return snapshot().map(Snapshot::settings);
    }

    /** What holds now, setting by setting, with its source. */
    public Mono<List<EffectiveSetting>> effective() {
        return snapshot().map(Snapshot::effective);
    }

    /** Looks whether the settings have changed, and takes them over. */
    Mono<Void> refresh() {
        return table.generation().filter(this::isNew).flatMap(this::read).then();
    }

    private Mono<Snapshot> snapshot() {
        return Mono.defer(() -> {
            Snapshot known = snapshot;
            return known == null ? table.generation().flatMap(this::read) : Mono.just(known);
        });
    }

    private boolean isNew(long generation) {
        Snapshot known = snapshot;
        return known == null || known.generation() != generation;
    }

    /** The generation was read before the values: a change between the two is read once more. */
    private Mono<Snapshot> read(long generation) {
        return table.inUse()
                .collectList()
                .map(stored ->
                        snapshotOf(generation, stored.stream().collect(Collectors.groupingBy(StoredSetting::name))))
                .doOnNext(read -> snapshot = read);
    }

    private Snapshot snapshotOf(long generation, Map<SettingName, List<StoredSetting>> stored) {
        Map<SettingName, String> values = new EnumMap<>(SettingName.class);
        Set<SettingName> broken = EnumSet.noneOf(SettingName.class);
        List<ApiKey> keys = new ArrayList<>();
        List<EffectiveSetting> effective = new ArrayList<>();
        for (SettingName name : SettingName.values()) {
            List<StoredSetting> ofName = stored.getOrDefault(name, List.of());
            Found found = found(name, ofName);
            boolean unusable = found.unreadable() || !found.values().stream().allMatch(value -> accepts(name, value));
            if (unusable) {
                broken.add(name);
            }
            List<ApiKey> own = name.isSecret() && !unusable
                    ? found.values().stream().map(this::key).toList()
                    : List.of();
            keys.addAll(own);
            String shown = name.isSecret() || found.values().isEmpty()
                    ? null
                    : found.values().getFirst();
            if (shown != null && !unusable) {
                values.put(name, shown);
            }
            effective.add(effective(name, ofName, shown, found.isSet(), unusable, own));
        }
        return new Snapshot(generation, new Settings(values, keys, broken), List.copyOf(effective));
    }

    private EffectiveSetting effective(
            SettingName name,
            List<StoredSetting> stored,
            @Nullable String shown,
            boolean isSet,
            boolean unusable,
            List<ApiKey> keys) {
        @Nullable StoredSetting newest = stored.isEmpty() ? null : stored.getFirst();
        return new EffectiveSetting(
                name,
                shown,
                isSet,
                newest != null
                        ? EffectiveSetting.Source.DATABASE
                        : ofEnvironment(name) != null
                                ? EffectiveSetting.Source.ENVIRONMENT
                                : EffectiveSetting.Source.DEFAULT,
                unusable,
                newest == null ? null : newest.version(),
                newest == null ? null : newest.createdAt(),
                newest == null ? null : newest.createdBy(),
                keys.stream().map(ApiKey::id).toList());
    }

    /**
     * What a setting is set to.
     *
     * @param values that count, the newest first
     * @param unreadable whether the database has one that cannot be read
     */
    private record Found(List<String> values, boolean isSet, boolean unreadable) {

        @Override
        public String toString() {
            return "Found[" + values.size() + "]";
        }
    }

    private Found found(SettingName name, List<StoredSetting> stored) {
        if (stored.isEmpty()) {
            String outside = ofEnvironment(name);
            String value = outside == null ? name.fallback() : outside;
            return new Found(value == null ? List.of() : List.of(value), value != null, false);
        }
        List<String> readable = new ArrayList<>();
        for (StoredSetting one : stored) {
            String value = one.value();
            if (value != null) {
                readable.add(value);
            }
        }
        return new Found(readable, true, readable.size() < stored.size());
    }

    private @Nullable String ofEnvironment(SettingName name) {
        String value = environment.getProperty(name.name());
        return value == null || value.isBlank() ? null : value.strip();
    }

    private boolean accepts(SettingName name, String value) {
        return name.accepts(value, properties.plainHosts());
    }

    private ApiKey key(String secret) {
        byte[] whole = index.of("setting_version", "secret", secret);
        return new ApiKey(HexFormat.of().formatHex(whole, 0, ID_BYTES), secret);
    }
}
