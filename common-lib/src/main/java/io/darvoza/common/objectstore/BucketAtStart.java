package io.darvoza.common.objectstore;

import io.darvoza.common.reactive.Await;
import org.springframework.beans.factory.InitializingBean;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Creates the bucket of a local run when it is absent; before anything is served. */
final class BucketAtStart implements InitializingBean {

    private final S3AsyncClient client;
    private final ObjectStoreProperties properties;

    BucketAtStart(S3AsyncClient client, ObjectStoreProperties properties) {
        this.client = client;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        Await.within(exists().onErrorResume(NoSuchBucketException.class, absent -> create()), properties.callTimeout());
    }

    private Mono<Void> exists() {
        return Mono.fromFuture(() -> client.headBucket(head -> head.bucket(properties.bucket())))
                .then();
    }

    private Mono<Void> create() {
        return Mono.fromFuture(() -> client.createBucket(create -> create.bucket(properties.bucket())))
                .then();
    }
}
