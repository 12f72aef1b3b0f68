package io.darvoza.common.live;

import io.darvoza.common.id.IdAutoConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Live streams; replaced by a bean of {@link LiveStreams}. */
@AutoConfiguration(after = IdAutoConfiguration.class)
@EnableConfigurationProperties(LiveProperties.class)
public final class LiveAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LiveStreams liveStreams(Clock clock, LiveProperties properties) {
        return new LiveStreams(clock, properties);
    }
}
