package io.darvoza.common.desk;

import io.darvoza.common.security.OperationCatalogue;
import io.darvoza.common.security.ResourceServerAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.HttpHandler;
import org.thymeleaf.spring6.view.reactive.ThymeleafReactiveViewResolver;
import tools.jackson.databind.json.JsonMapper;

/** What pages need to call the service's own operations. For processes with Thymeleaf. */
@AutoConfiguration(after = {JacksonAutoConfiguration.class, ResourceServerAutoConfiguration.class})
@ConditionalOnClass(ThymeleafReactiveViewResolver.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class DeskAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OwnOperations ownOperations(ObjectProvider<HttpHandler> service, ObjectProvider<JsonMapper> json) {
        return new OwnOperations(service, json);
    }

    @Bean
    @ConditionalOnMissingBean
    Doors doors(ObjectProvider<OperationCatalogue> catalogue) {
        return new Doors(catalogue);
    }
}
