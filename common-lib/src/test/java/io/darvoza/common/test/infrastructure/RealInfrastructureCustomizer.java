package io.darvoza.common.test.infrastructure;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Starts the servers and hands their addresses to the context. Equal only for the same test class: no two share a database. */
record RealInfrastructureCustomizer(Class<?> testClass, Set<Server> servers) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        Map<String, Object> properties = new TreeMap<>();
        for (Server server : servers) {
            properties.putAll(
                    switch (server) {
                        case POSTGRES -> databaseOf(context);
                        case KAFKA -> Infrastructure.current().kafka().properties();
                        case REDIS -> Infrastructure.current().redis().properties();
                        case S3 -> Infrastructure.current().s3().freshBucket().properties();
                    });
        }
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("real infrastructure", properties));
    }

    /** The database is the first thing that the context registers, so it is the last that goes. */
    private Map<String, String> databaseOf(ConfigurableApplicationContext context) {
        FreshDatabase database = Infrastructure.current().postgres().freshDatabase(testClass.getSimpleName());
        var beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerDisposableBean("freshDatabase", database::close);
        ((SingletonBeanRegistry) beans).registerSingleton("freshDatabase", database);
        return database.properties();
    }
}
