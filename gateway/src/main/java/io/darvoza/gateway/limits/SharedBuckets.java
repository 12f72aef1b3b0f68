package io.darvoza.gateway.limits;

import reactor.core.publisher.Mono;

/** The buckets that all gateways draw from. */
interface SharedBuckets {

    /**
     * What was taken from a bucket.
     *
     * @param tokens how many were taken; 0 when the bucket is empty
     * @param remaining how many are left there
     */
    record Lease(long tokens, long remaining) {}

    /**
     * Takes up to one portion of the limit. Empty, and at once or after a short bound, when the shared buckets cannot be
     * reached; never an error.
     */
    Mono<Lease> lease(Limit limit, String key);
}
