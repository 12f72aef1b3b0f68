package io.darvoza.egov.verification;

import io.darvoza.egov.provider.model.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.stereotype.Component;

/** What a reason means, for people, in Russian, Kazakh and English. Read when the application starts: files are not for event loops. */
@Component
final class ReasonTexts {

    private static final String BUNDLE = "egov-reasons";
    private static final String RUSSIAN = "ru";

    private final Map<String, ResourceBundle> byLanguage;
    private final ResourceBundle russian;

    ReasonTexts() {
        byLanguage = Stream.of(RUSSIAN, "kk", "en")
                .collect(Collectors.toMap(
                        language -> language,
                        language -> ResourceBundle.getBundle(
                                BUNDLE,
                                Locale.forLanguageTag(language),
                                ResourceBundle.Control.getNoFallbackControl(
                                        ResourceBundle.Control.FORMAT_PROPERTIES))));
        russian = Objects.requireNonNull(byLanguage.get(RUSSIAN));
    }

    /** The text in the language of the request; Russian for languages that there is none in; null without a reason. */
    @Nullable
    String of(Verification verification, LocaleContext context) {
        Reason reason = verification.verdict().reason();
        if (reason == null) {
            return null;
        }
        Locale locale = context.getLocale();
        String language = locale == null ? RUSSIAN : locale.getLanguage();
        return byLanguage.getOrDefault(language, russian).getString(reason.name());
    }
}
