package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.upload.ReceivedBatch;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a batch says of its files and finds each one's file: by {@code file_name} when all say one, else by the order.
 * What concerns the whole batch refuses it; what concerns one document is that document's failure.
 */
@Component
final class BatchItems {

    private static final String FILE_NAME = "file_name";

    private final JsonMapper json;

    BatchItems(JsonMapper json) {
        this.json = json;
    }

    /** One document of a batch: what is said of it, and its file. */
    record Item(int index, JsonNode said, ReceivedBatch.Item file) {}

    /** Raises {@link BankingDocsProblem#MALFORMED_UPLOAD} and {@link CommonProblem#VALIDATION_FAILED}. */
    List<Item> of(ReceivedBatch batch) {
        List<JsonNode> documents = documents(batch.documents());
        if (documents.size() != batch.files().size()) {
            throw malformed("counts_differ")
                    .with("documents", documents.size())
                    .with("files", batch.files().size());
        }
        List<ReceivedBatch.Item> files = documents.stream().anyMatch(document -> document.has(FILE_NAME))
                ? named(documents, batch)
                : batch.files();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            items.add(new Item(i, documents.get(i), files.get(i)));
        }
        return items;
    }

    /** Raises the problem of the one document, {@link CommonProblem#VALIDATION_FAILED} most of all. */
    UploadMetadata metadata(Item item) {
        ObjectNode said = item.said().deepCopy().asObject();
        said.remove(FILE_NAME);
        if (!said.hasNonNull("user_id")) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/user_id", "is required");
        }
        try {
            return json.treeToValue(said, UploadMetadata.class);
        } catch (JacksonException unreadable) {
            throw unreadable.getCause() instanceof ProblemException invalid
                    ? invalid
                    : CommonProblem.MALFORMED_REQUEST.exception();
        }
    }

    private List<JsonNode> documents(String text) {
        JsonNode documents;
        try {
            documents = json.readTree(text);
        } catch (JacksonException unreadable) {
            throw malformed("documents_unreadable");
        }
        if (!documents.isArray()
                || documents.isEmpty()
                || !documents.valueStream().allMatch(JsonNode::isObject)) {
            throw malformed("documents_unreadable");
        }
        return documents.valueStream().toList();
    }

    private static List<ReceivedBatch.Item> named(List<JsonNode> documents, ReceivedBatch batch) {
        Map<String, ReceivedBatch.Item> byName = new HashMap<>();
        batch.files().forEach(file -> byName.put(file.sentAs(), file));
        Set<String> taken = new HashSet<>();
        List<ReceivedBatch.Item> files = new ArrayList<>();
        for (JsonNode document : documents) {
            String name = document.path(FILE_NAME).asString("");
            ReceivedBatch.Item file = byName.get(name);
            if (file == null || !taken.add(name)) {
                throw malformed("file_names_do_not_match");
            }
            files.add(file);
        }
        return files;
    }

    private static ProblemException malformed(String reason) {
        return BankingDocsProblem.MALFORMED_UPLOAD.exception().with("reason", reason);
    }
}
