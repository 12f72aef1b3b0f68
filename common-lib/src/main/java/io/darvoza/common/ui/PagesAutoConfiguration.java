package io.darvoza.common.ui;

import io.darvoza.common.problem.ProblemAutoConfiguration;
import io.darvoza.common.problem.ProblemPage;
import io.darvoza.common.security.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.thymeleaf.spring6.view.reactive.ThymeleafReactiveViewResolver;
import reactor.core.publisher.Mono;

/** Pages: the frame and its files, texts, preferences by link, and the error page. For processes with Thymeleaf. */
@AutoConfiguration(
        before = {MessageSourceAutoConfiguration.class, ProblemAutoConfiguration.class, ThymeleafAutoConfiguration.class
        },
        after = UiAutoConfiguration.class)
@ConditionalOnClass(ThymeleafReactiveViewResolver.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class PagesAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Assets assets() {
        return Assets.load();
    }

    /** A mapping of its own, before those of controllers and, in the gateway, of routes. */
    @Bean
    HandlerMapping assetMapping(Assets assets) {
        return new SimpleUrlHandlerMapping(Map.of(AssetHandler.PATHS, new AssetHandler(assets)), -1);
    }

    /** The service's bundles first, so that it may also reword the kit. */
    @Bean(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME)
    @ConditionalOnMissingBean(name = AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME)
    MessageSource messageSource(UiProperties properties) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames(Stream.concat(properties.bundles().stream(), Stream.of("messages/kit"))
                .toArray(String[]::new));
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(properties.languages().getFirst());
        properties.languages().forEach(language -> messages.getMessage("read the files now", null, "", language));
        return messages;
    }

    @Bean
    @ConditionalOnMissingBean
    KitDialect kitDialect(UiProperties properties, Assets assets, MessageSource messages, ObjectProvider<Clock> clock) {
        Clock now = clock.getIfAvailable(Clock::systemUTC);
        return new KitDialect(exchange -> new Kit(exchange, properties, assets, messages, now));
    }

    @Bean
    static BeanPostProcessor kitViews() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof ThymeleafReactiveViewResolver views) {
                    views.setViewClass(KitView.class);
                }
                return bean;
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    PreferenceLinks preferenceLinks(UiProperties properties) {
        return new PreferenceLinks(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    People people() {
        return authentication -> Mono.justOrEmpty(Caller.of(authentication)).map(Person::of);
    }

    @Bean
    @ConditionalOnMissingBean
    PersonOnPage personOnPage(People people) {
        return new PersonOnPage(people);
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemPage problemPage(ThymeleafReactiveViewResolver views) {
        return new KitProblemPage(views);
    }
}
