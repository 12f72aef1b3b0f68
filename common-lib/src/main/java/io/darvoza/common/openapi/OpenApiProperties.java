package io.darvoza.common.openapi;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a service's OpenAPI document says of the service.
 *
 * @param title name of the API for people; the suite's defaults take the service's name
 * @param description one paragraph for the head of the document
 * @param version version of the API
 */
@ConfigurationProperties("darvoza.openapi")
@Validated
record OpenApiProperties(
        @DefaultValue("${spring.application.name}") @NotBlank
        String title,

        @DefaultValue("") String description,
        @DefaultValue("v1") @NotBlank String version) {}
