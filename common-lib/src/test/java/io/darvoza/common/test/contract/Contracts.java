package io.darvoza.common.test.contract;

import io.darvoza.common.test.committed.CommittedFile;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI documents in {@code docs/contracts/openapi}, held against what the services serve. */
public final class Contracts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Contracts() {}

    /** Checks {@code docs/contracts/openapi/<service>.json} against the document that the service serves. */
    public static void openApi(String service, byte[] document) {
        CommittedFile.check(
                "docs/contracts/openapi/" + service + ".json", JSON.writeValueAsString(JSON.readTree(document)) + "\n");
    }
}
