package io.darvoza.bankingdocs.document;

import io.darvoza.common.test.contract.Contracts;
import org.junit.jupiter.api.Test;

class DocumentEventsTests {

    @Test
    void theSchemaOfTheUploadedEventIsTheCommittedOne() {
        Contracts.event(DocumentUploadedV1.TYPE, DocumentUploadedV1.class);
    }
}
