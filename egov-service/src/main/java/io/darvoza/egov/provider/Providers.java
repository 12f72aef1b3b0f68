package io.darvoza.egov.provider;

import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.setting.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The providers of this service; the one whose word is worth most is asked. */
@Component
public final class Providers {

    private final List<VerificationProvider> byWorth;

    Providers(List<VerificationProvider> providers) {
        byWorth = providers.stream()
                .sorted(Comparator.comparing(VerificationProvider::assurance).reversed())
                .toList();
    }

    /** A provider and where it looks. */
    public record Chosen(VerificationProvider provider, String source) {}

    /** Who is to be asked about such numbers; nobody when none is set up for them. */
    public Optional<Chosen> forType(DocumentType type, Settings settings) {
        for (VerificationProvider provider : byWorth) {
            Optional<String> source = provider.sourceOf(type, settings);
            if (source.isPresent()) {
                return Optional.of(new Chosen(provider, source.get()));
            }
        }
        return Optional.empty();
    }
}
