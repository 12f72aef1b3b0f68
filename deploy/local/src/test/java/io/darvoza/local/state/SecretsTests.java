package io.darvoza.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.local.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SecretsTests {

    @TempDir
    Path root;

    @Test
    void aSecretIsMadeOnceAndStays() {
        var first = Secrets.open(folder()).password("redis");

        assertThat(first).hasSize(24).isAlphanumeric();
        assertThat(Secrets.open(folder()).password("redis")).isEqualTo(first);
        assertThat(Secrets.existing(folder()).password("redis")).isEqualTo(first);
        assertThat(Secrets.open(folder()).password("postgres")).isNotEqualTo(first);
    }

    @Test
    void onlyTheOwnerReadsTheFile() throws Exception {
        var made = Secrets.open(folder()).key("index");

        assertThat(Base64.getDecoder().decode(made)).hasSize(32);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder().path().resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void readersMakeNone() {
        assertThatThrownBy(() -> Secrets.existing(folder()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("./suite up");

        assertThat(Secrets.open(folder()).password("one")).isNotEmpty();
        assertThatThrownBy(() -> Secrets.existing(folder()).password("other"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("./suite reset");
    }

    @Test
    void aKeysetSurvivesTheFileAndHoldsOneAes256Key() {
        var made = Secrets.open(folder()).keyset("keyset");
        var read = Secrets.existing(folder()).keyset("keyset");

        assertThat(read).isEqualTo(made);
        var keyset = new JsonMapper().readTree(read);
        var key = keyset.at("/key/0");
        assertThat(key.get("keyId")).isEqualTo(keyset.get("primaryKeyId"));
        assertThat(key.at("/keyData/typeUrl").asString()).endsWith("AesGcmKey");
        assertThat(Base64.getDecoder().decode(key.at("/keyData/value").asString()))
                .hasSize(34)
                .startsWith(0x1a, 0x20);
    }

    private SuiteFolder folder() {
        return new SuiteFolder(root, new SuitePorts(2000)).create();
    }
}
