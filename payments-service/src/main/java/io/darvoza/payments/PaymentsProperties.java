package io.darvoza.payments;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What holds for the whole service.
 *
 * @param zone time zone of the tenant: payers' days and months, filters and reports
 */
@Validated
@ConfigurationProperties("darvoza.payments")
public record PaymentsProperties(
        @DefaultValue("Europe/Moscow") ZoneId zone) {}
