package io.darvoza.egov.setting;

import io.darvoza.common.reactive.Await;
import io.darvoza.egov.apilog.IntegrationLogFile;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Takes changed settings over, on every instance, within the poll's pause. While the database is away the last ones hold. */
@Component
@ConditionalOnBooleanProperty(name = "darvoza.egov.background", matchIfMissing = true)
class SettingsWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final CurrentSettings settings;
    private final IntegrationLogFile lines;
    private final SettingProperties properties;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;

    SettingsWatch(CurrentSettings settings, IntegrationLogFile lines, SettingProperties properties) {
        this.settings = settings;
        this.lines = lines;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("egov-settings").start(this::run);
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopped.tryAcquire(properties.poll().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Settings now = Await.within(settings.refresh().then(settings.now()), BOUND);
            if (now != null) {
                lines.level(now.logLevel());
            }
        } catch (RuntimeException fault) {
            log.debug("settings were not read: {}", fault.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        stopped.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
