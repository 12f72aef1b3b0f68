package io.darvoza.bankingdocs.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTests {

    @ParameterizedTest
    @CsvSource({
        "Договор аренды.pdf, Договор аренды.pdf",
        "../../etc/passwd, passwd",
        "'C:\\Users\\me\\scan.pdf', scan.pdf",
        "'a\"b<c>.pdf', a_b_c_.pdf",
        "...hidden.pdf, hidden.pdf",
        "'', document",
        "/, document",
    })
    void keepsWhatIsHarmless(String clients, String harmless) {
        assertThat(FileName.harmless(clients)).isEqualTo(harmless);
    }

    @Test
    void losesControlAndDirectionCharacters() {
        assertThat(FileName.harmless("a\r\nSet-Cookie\u0000.pdf")).isEqualTo("a_Set-Cookie_.pdf");
        assertThat(FileName.harmless("scan\u202Efdp.exe")).isEqualTo("scan_fdp.exe");
    }

    @Test
    void cutsALongNameBeforeItsExtension() {
        assertThat(FileName.harmless("я".repeat(400) + ".docx"))
                .hasSize(FileName.MAX_LENGTH)
                .endsWith("я.docx");
    }

    @ParameterizedTest
    @CsvSource({"scan.PDF, pdf", "archive.tar.gz, gz", "README, ''", "ends., ''", "a.veryverylongextension, ''"})
    void knowsTheExtension(String name, String extension) {
        assertThat(FileName.extension(name)).isEqualTo(extension);
    }
}
