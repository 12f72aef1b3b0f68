package io.darvoza.sandbox.opendata;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The played portal.
 *
 * @param keys that it knows at first; without any every request is refused
 * @param perMinute requests of one key that it answers in any 60 seconds
 */
@ConfigurationProperties("sandbox.open-data")
record OpenDataProperties(
        @DefaultValue List<String> keys, @DefaultValue("60") int perMinute) {}
