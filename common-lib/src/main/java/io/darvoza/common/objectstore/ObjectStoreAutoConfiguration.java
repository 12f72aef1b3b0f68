package io.darvoza.common.objectstore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The object store of a service that names a bucket; replaced by a bean of {@link ObjectStore}. */
@AutoConfiguration
@ConditionalOnClass(S3AsyncClient.class)
@ConditionalOnProperty("darvoza.objectstore.bucket")
@EnableConfigurationProperties(ObjectStoreProperties.class)
public final class ObjectStoreAutoConfiguration {

    @Bean
    StoreLoop objectStoreLoop() {
        return new StoreLoop();
    }

    @Bean
    @ConditionalOnMissingBean
    S3AsyncClient objectStoreClient(ObjectStoreProperties properties, StoreLoop loop) {
        return S3Clients.of(properties, loop);
    }

    @Bean
    @ConditionalOnMissingBean
    ObjectStore objectStore(S3AsyncClient client, ObjectStoreProperties properties) {
        return new S3ObjectStore(client, properties.bucket());
    }

    @Bean
    @ConditionalOnProperty("darvoza.objectstore.create-bucket")
    BucketAtStart bucketAtStart(S3AsyncClient client, ObjectStoreProperties properties) {
        return new BucketAtStart(client, properties);
    }
}
