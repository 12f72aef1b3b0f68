package io.darvoza.bankingdocs.scan;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The scanner that the settings ask for. */
@Configuration(proxyBeanMethods = false)
class ScannerConfiguration {

    @Bean
    VirusScanner virusScanner(ScannerProperties properties) {
        return properties.enabled()
                ? new ClamdScanner(properties)
                : file -> Mono.just(VirusScanner.Verdict.NOT_SCANNED);
    }
}
