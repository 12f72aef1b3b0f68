package io.darvoza.egov.provider;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Numbers of passports.
 *
 * @param forms regular expressions of numbers that documents have: the passport's letter and eight digits, the identity card's
 *     nine digits. A number of no such form is invalid
 */
@Validated
@ConfigurationProperties("darvoza.egov.passport")
record PassportProperties(
        @DefaultValue({"N[0-9]{8}", "[0-9]{9}"}) @NotEmpty List<Pattern> forms) {}
