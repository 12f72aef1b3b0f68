package io.darvoza.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class FieldCipherTests {

    private static final FieldPlace PLACE = new FieldPlace("user_account", "inn", "123");

    private final String keyset = Keysets.generate();
    private final FieldCipher cipher = new FieldCipher(Keysets.aead(keyset));

    @Test
    void readsBackWhatItWrote() {
        assertThat(cipher.decrypt(cipher.encrypt("770000000082", PLACE), PLACE)).isEqualTo("770000000082");
    }

    @Test
    void writesEqualValuesDifferently() {
        assertThat(cipher.encrypt("770000000082", PLACE)).isNotEqualTo(cipher.encrypt("770000000082", PLACE));
    }

    @Test
    void refusesACiphertextThatWasMovedToAnotherRowColumnOrTable() {
        byte[] ciphertext = cipher.encrypt("770000000082", PLACE);

        for (FieldPlace other : new FieldPlace[] {
            new FieldPlace("user_account", "inn", "124"),
            new FieldPlace("user_account", "address", "123"),
            new FieldPlace("other", "inn", "123"),
            new FieldPlace("user_accoun", "tinn", "123")
        }) {
            assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(ciphertext, other));
        }
    }

    @Test
    void refusesAChangedCiphertext() {
        byte[] ciphertext = cipher.encrypt("770000000082", PLACE);
        ciphertext[ciphertext.length - 1] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(ciphertext, PLACE));
    }

    @Test
    void readsOldFieldsAfterAKeyWasRotated() throws GeneralSecurityException {
        byte[] old = cipher.encrypt("770000000082", PLACE);

        String rotated = withNewPrimaryKey(keyset);
        FieldCipher after = new FieldCipher(Keysets.aead(rotated));

        assertThat(after.decrypt(old, PLACE)).isEqualTo("770000000082");
        byte[] fresh = after.encrypt("770000000082", PLACE);
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(fresh, PLACE));
    }

    @Test
    void saysNothingOfAKeysetThatCannotBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keysets.aead("{\"secret\": 1}"))
                .withNoCause()
                .withMessageNotContaining("secret");
    }

    private static String withNewPrimaryKey(String keyset) throws GeneralSecurityException {
        KeysetHandle old = TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
        KeysetHandle rotated = KeysetHandle.newBuilder(old)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        return TinkJsonProtoKeysetFormat.serializeKeyset(rotated, InsecureSecretKeyAccess.get());
    }
}
