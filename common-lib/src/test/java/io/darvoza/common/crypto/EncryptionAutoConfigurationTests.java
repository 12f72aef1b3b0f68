package io.darvoza.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EncryptionAutoConfigurationTests {

    private static final String INDEX_KEY =
            "darvoza.encryption.index-key=" + Base64.getEncoder().encodeToString(new byte[32]);

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EncryptionAutoConfiguration.class));

    @Test
    void givesNothingToAServiceWithoutKeys() {
        context.withPropertyValues(INDEX_KEY).run(started -> assertThat(started).doesNotHaveBean(FieldCipher.class));
    }

    @Test
    void takesTheKeysetFromAProperty() {
        context.withPropertyValues("darvoza.encryption.keyset=" + Keysets.generate(), INDEX_KEY)
                .run(started ->
                        assertThat(started).hasSingleBean(FieldCipher.class).hasSingleBean(BlindIndex.class));
    }

    @Test
    void takesTheKeysetFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keyset.json"), Keysets.generate());

        context.withPropertyValues("darvoza.encryption.keyset-file=" + file)
                .run(started ->
                        assertThat(started).hasSingleBean(FieldCipher.class).doesNotHaveBean(BlindIndex.class));
    }

    @Test
    void doesNotStartWithTwoKeysets(@TempDir Path folder) {
        context.withPropertyValues(
                        "darvoza.encryption.keyset=" + Keysets.generate(),
                        "darvoza.encryption.keyset-file=" + folder.resolve("keyset.json"))
                .run(started -> assertThat(started).hasFailed());
    }

    @Test
    void yieldsToABeanOfTheService() {
        FieldCipher own = new FieldCipher(Keysets.aead(Keysets.generate()));

        context.withPropertyValues("darvoza.encryption.keyset=" + Keysets.generate())
                .withBean(FieldCipher.class, () -> own)
                .run(started -> assertThat(started.getBean(FieldCipher.class)).isSameAs(own));
    }
}
