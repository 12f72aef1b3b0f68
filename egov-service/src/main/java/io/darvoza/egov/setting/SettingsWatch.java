package io.darvoza.egov.setting;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Rounds;
import io.darvoza.egov.apilog.IntegrationLogFile;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Takes changed settings over, on every instance, within the poll's pause. While the database is away the last ones hold. */
@Component
@ConditionalOnBooleanProperty(name = "darvoza.egov.background", matchIfMissing = true)
class SettingsWatch extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final CurrentSettings settings;
    private final IntegrationLogFile lines;
    private final SettingProperties properties;

    SettingsWatch(CurrentSettings settings, IntegrationLogFile lines, SettingProperties properties) {
        super("egov-settings", Duration.ZERO);
        this.settings = settings;
        this.lines = lines;
        this.properties = properties;
    }

    @Override
    protected Duration round() {
        try {
            Settings now = Await.within(settings.refresh().then(settings.now()), BOUND);
            if (now != null) {
                lines.level(now.logLevel());
            }
        } catch (RuntimeException fault) {
            log.debug("settings were not read: {}", fault.toString());
        }
        return properties.poll();
    }
}
