package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.document.UploadWorld.StoredObjects;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemType;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class UploadDocumentTests {

    private static final String METADATA = "{\"description\": \"Договор\", \"callcopy_id\": 1}";

    @TempDir
    Path folder;

    private UploadWorld world;

    @BeforeEach
    void open() {
        world = new UploadWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void storesTheFileAndAddsADocumentWithItsEvent() {
        StoredDocument stored = world.upload("bank_client", METADATA, FileFixtures.pdf());

        assertThat(stored.document().ownerId()).isEqualTo(world.accountOf("bank_client"));
        assertThat(world.documents()).containsExactly(stored.document());
        assertThat(world.objects().keys()).containsExactly(stored.file().key());
        assertThat(world.events())
                .containsExactly(
                        "banking-docs.document.uploaded.v1",
                        "submitted " + stored.document().id());
        assertThat(stored.file().key()).startsWith("documents/").doesNotContain("scan");
    }

    @Test
    void neverTouchesTheStoreForWhatItRefuses() {
        refused(BankingDocsProblem.EMPTY_FILE, "bank_client", METADATA, new byte[0]);
        refused(BankingDocsProblem.FILE_TYPE_NOT_ALLOWED, "bank_client", METADATA, new byte[] {1, 2, 3});
        refused(CommonProblem.VALIDATION_FAILED, "bank_client", METADATA.replace("1", "99"), FileFixtures.pdf());
        refused(
                BankingDocsProblem.OWNER_NOT_ALLOWED,
                "bank_client",
                METADATA.replace("{", "{\"user_id\": 999, "),
                FileFixtures.pdf());
        refused(
                BankingDocsProblem.UNKNOWN_CLIENT,
                "dbo_operator",
                METADATA.replace("{", "{\"user_id\": 999, "),
                FileFixtures.pdf());

        assertThat(world.objects().puts()).isZero();
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void keepsNothingThatIsInfectedOrWasNotScanned() {
        for (BankingDocsProblem problem :
                new BankingDocsProblem[] {BankingDocsProblem.FILE_INFECTED, BankingDocsProblem.SCANNER_UNAVAILABLE}) {
            world.scanWith(_ -> Mono.error(problem.exception()));
            refused(problem, "bank_client", METADATA, FileFixtures.pdf());
        }

        assertThat(world.objects().puts()).isZero();
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void refusesADuplicateBeforeTheStore() {
        byte[] pdf = FileFixtures.pdf();
        world.upload("bank_client", METADATA, pdf);

        refused(BankingDocsProblem.DUPLICATE_DOCUMENT, "bank_client", METADATA, pdf);

        assertThat(world.objects().puts()).isOne();
        assertThat(world.upload("bank_client", METADATA.replace("{", "{\"allow_duplicate\": true, "), pdf)
                        .duplicateOf())
                .isNotNull();
    }

    @Test
    void deletesTheObjectWhenTheTransactionRefuses() {
        ProblemException refusal = catchThrowableOfType(
                ProblemException.class,
                () -> world.upload(
                        "bank_client",
                        METADATA,
                        FileFixtures.pdf(),
                        _ -> Mono.error(CommonProblem.IDEMPOTENCY_KEY_IN_USE.exception())));

        assertThat(refusal.type()).isEqualTo(CommonProblem.IDEMPOTENCY_KEY_IN_USE);
        assertThat(world.objects().puts()).isOne();
        assertThat(world.objects().keys()).isEmpty();
    }

    @Test
    void keepsTheObjectWhenNobodyKnowsWhetherTheTransactionCommitted() {
        assertThatIllegalStateException()
                .isThrownBy(() -> world.upload(
                        "bank_client",
                        METADATA,
                        FileFixtures.pdf(),
                        _ -> Mono.error(new IllegalStateException("connection lost in the commit"))));

        assertThat(world.objects().keys()).hasSize(1);
    }

    @Test
    void addsNothingWhenTheStoreIsAway() {
        onObjects(StoredObjects::goAway);

        refused(CommonProblem.SERVICE_UNAVAILABLE, "bank_client", METADATA, FileFixtures.pdf());

        assertThat(world.documents()).isEmpty();
        assertThat(world.events()).isEmpty();
    }

    private void onObjects(Consumer<StoredObjects> change) {
        change.accept(world.objects());
    }

    private void refused(ProblemType problem, String caller, String metadata, byte[] file) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> world.upload(caller, metadata, file))
                        .type())
                .isEqualTo(problem);
    }
}
