package io.darvoza.endtoend.postman;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.committed.CommittedFile;
import io.darvoza.local.client.SamplePdf;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The committed files are those that the contract and the journey make; {@code -Ddocs.update=true} writes them anew. */
class PostmanFilesTests {

    private static final String FOLDER = "docs/banking-docs/postman/";

    private final Journey journey = Journey.read("/postman/banking-docs.json");
    private final OpenApi contract = new OpenApi(CommittedFile.root().resolve(journey.contract()));

    @Test
    void everyOperationOfTheContractIsCalledWithSuccessOrRefused() {
        Set<String> called =
                journey.steps().stream().map(Journey.Step::operation).collect(Collectors.toSet());

        assertThat(called).isEqualTo(contract.operationIds());
    }

    @Test
    void theCollectionIsThatOfTheContract() {
        CommittedFile.check(
                FOLDER + "banking-docs.postman_collection.json", new PostmanCollection(contract, journey).text());
    }

    @Test
    void theEnvironmentHoldsNoToken() {
        CommittedFile.check(
                FOLDER + "local.postman_environment.json",
                new PostmanEnvironment(journey).text("http://127.0.0.1:8080", _ -> ""));
    }

    @Test
    void theFileThatIsSentLiesBesideIt() {
        CommittedFile.check(
                FOLDER + "sample.pdf", new String(SamplePdf.of("Darvoza sample"), StandardCharsets.US_ASCII));
    }
}
