package io.darvoza.egov.apilog;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The rolling file of the integration's log, written by a thread of its own. When that cannot keep up lines wait for nobody: the
 * table has them all.
 */
@Component
public final class IntegrationLogFile implements SmartLifecycle {

    private static final int QUEUE = 8192;

    private final ApiLogProperties properties;
    private volatile boolean running;
    private volatile Runnable close = () -> {};

    IntegrationLogFile(ApiLogProperties properties) {
        this.properties = properties;
    }

    /** Writes what {@code EGOV_LOG_LEVEL} asks for. */
    public void level(String level) {
        lines().setLevel(Level.toLevel(level));
    }

    @Override
    public void start() {
        Logger lines = lines();
        var rolling = appender(lines.getLoggerContext());
        var queue = new AsyncAppender();
        queue.setContext(lines.getLoggerContext());
        queue.setQueueSize(QUEUE);
        queue.setNeverBlock(true);
        queue.addAppender(rolling);
        queue.start();
        lines.setAdditive(false);
        lines.setLevel(Level.INFO);
        lines.addAppender(queue);
        close = () -> {
            lines.detachAppender(queue);
            queue.stop();
            rolling.stop();
        };
        running = true;
    }

    private RollingFileAppender<ILoggingEvent> appender(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %level %replace(%msg){'[\\r\\n]', ' '}%n");
        encoder.start();
        var rolling = new RollingFileAppender<ILoggingEvent>();
        rolling.setContext(context);
        rolling.setName("egov-integration-" + properties.file());
        rolling.setFile(properties.file().toString());
        rolling.setEncoder(encoder);
        var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        policy.setContext(context);
        policy.setParent(rolling);
        policy.setFileNamePattern(properties.file() + ".%d{yyyy-MM-dd, UTC}.%i");
        policy.setMaxFileSize(new FileSize(properties.fileSize().toBytes()));
        policy.setMaxHistory(properties.files());
        policy.start();
        rolling.setRollingPolicy(policy);
        rolling.start();
        return rolling;
    }

    @Override
    public void stop() {
        close.run();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static Logger lines() {
        return (Logger) LoggerFactory.getLogger(ApiLog.LINES.getName());
    }
}
