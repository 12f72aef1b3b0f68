package io.darvoza.endtoend.postman;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.committed.CommittedFile;
import io.darvoza.endtoend.RunningSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newman plays the committed collection against the running suite. */
class PostmanIT {

    @TempDir
    Path folder;

    @Test
    void everyRequestIsAnsweredAsTheContractSays() throws IOException {
        RunningSuite suite = RunningSuite.get();
        Journey journey = Journey.read("/postman/banking-docs.json");
        Path environment = folder.resolve("environment.json");
        Files.writeString(
                environment,
                new PostmanEnvironment(journey).text(suite.address().toString(), suite::token));

        Newman.Result result = new Newman()
                .run(
                        CommittedFile.root().resolve("docs/banking-docs/postman/banking-docs.postman_collection.json"),
                        environment);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().replaceAll("\\s+", ""))
                .as(result.output())
                .contains("|requests|" + journey.steps().size() + "|0|");
    }
}
