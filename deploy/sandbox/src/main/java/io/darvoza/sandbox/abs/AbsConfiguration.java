package io.darvoza.sandbox.abs;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The played АБС, where there is a broker to play it by. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.kafka.bootstrap-servers")
class AbsConfiguration {

    @Bean
    PlayedAbs playedAbs(KafkaTemplate<String, String> kafka, JsonMapper json) {
        return new PlayedAbs(new AbsAnswers(kafka::send, json));
    }

    @Bean
    AbsListener absListener(PlayedAbs abs, JsonMapper json) {
        return new AbsListener(abs, json);
    }
}
