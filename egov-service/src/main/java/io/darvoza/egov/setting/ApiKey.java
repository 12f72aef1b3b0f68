package io.darvoza.egov.setting;

/**
 * A key of the upstream.
 *
 * @param id tells keys apart in the count of requests, in logs and for people; the secret cannot be told from it
 */
public record ApiKey(String id, String secret) {

    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}
