package io.darvoza.common.ui;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the pages of a process show and in which words.
 *
 * @param languages languages with complete texts; the first is spoken to those who prefer none of them
 * @param zone time zone of a person whose browser has not told its own yet
 * @param oneZone whether everybody reads times in {@code zone}, wherever their browser is: people who speak about the same
 *     minute must see the same figures
 * @param help address behind «Help» in the footer
 * @param version version shown in the footer
 * @param bundles message bundles of the service, searched before the kit's own
 * @param areas entries of the navigation, in their order
 */
@Validated
@ConfigurationProperties("darvoza.ui")
public record UiProperties(
        @DefaultValue({"ru", "en"}) @NotEmpty List<Locale> languages,
        @DefaultValue("Europe/Moscow") @NotNull ZoneId zone,
        @DefaultValue("false") boolean oneZone,
        @DefaultValue("/docs") @NotBlank String help,
        @DefaultValue("dev") @NotBlank String version,
        @DefaultValue List<String> bundles,
        @DefaultValue List<@Valid Area> areas) {

    public UiProperties {
        languages = List.copyOf(languages);
        bundles = List.copyOf(bundles);
        areas = List.copyOf(areas);
    }

    /**
     * One entry of the navigation.
     *
     * @param path where it leads; the area is current on every page below it
     * @param title message key of its name; {@code <title>.about} says in a sentence what it is for
     * @param roles who may open it; shown to nobody else, so that no link answers 403
     */
    public record Area(
            @NotNull @Pattern(regexp = "/\\S*") String path,
            @NotBlank String title,
            @NotEmpty Set<String> roles) {

        public Area {
            roles = Set.copyOf(roles);
        }
    }
}
