package io.darvoza.common.redis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is, by Spring Boot's own names. One server: an address of another kind is refused.
 *
 * @param host name or address of the server
 * @param port its port
 * @param database number of the database in it
 * @param username whose password it is, where the server knows more than one
 * @param password none when empty
 * @param ssl whether the connection is encrypted
 * @param url not read, refused
 * @param sentinel not read, refused
 * @param cluster not read, refused
 */
@Validated
@ConfigurationProperties("spring.data.redis")
public record RedisProperties(
        @DefaultValue("127.0.0.1") @NotBlank String host,

        @DefaultValue("6379") @Min(1) @Max(65_535) int port,

        @DefaultValue("0") @Min(0) @Max(1_000_000) int database,

        @Nullable String username,
        @Nullable String password,

        @DefaultValue Ssl ssl,

        @Nullable String url,
        @DefaultValue Map<String, String> sentinel,
        @DefaultValue Map<String, String> cluster) {

    public RedisProperties {
        if (url != null || !sentinel.isEmpty() || !cluster.isEmpty()) {
            throw new IllegalArgumentException(
                    "the address of one Redis is needed: spring.data.redis.host, not url, sentinel or cluster");
        }
    }

    /**
     * Encryption of the connection.
     *
     * @param enabled whether it is encrypted
     */
    public record Ssl(@DefaultValue("false") boolean enabled) {}
}
