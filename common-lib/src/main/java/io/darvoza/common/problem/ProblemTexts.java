package io.darvoza.common.problem;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Titles and details of problems for people, in Russian and English. {@code common-lib} brings the bundle {@code problems};
 * a service adds its own by a bean of {@link Bundle}.
 */
public final class ProblemTexts {

    /** The base name of a bundle of properties files in UTF-8. */
    public record Bundle(String baseName) {}

    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    public ProblemTexts(List<Bundle> bundles) {
        messages.setBasename("problems");
        bundles.forEach(bundle -> messages.addBasenames(bundle.baseName()));
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(Locale.forLanguageTag("ru"));
    }

    /** The title of a problem type. Every type has one: {@code ProblemCatalogueTests} fails for one without. */
    public String title(ProblemType type, Locale locale) {
        String title = messages.getMessage(type.code() + ".title", null, null, locale);
        return title == null ? type.code() : title;
    }

    /** The detail of this occurrence, or null when the type's title says all. */
    public @Nullable String detail(ProblemType type, Object[] arguments, Locale locale) {
        return messages.getMessage(type.code() + ".detail", arguments, null, locale);
    }
}
