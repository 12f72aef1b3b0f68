package io.darvoza.bankingdocs.document;

import io.darvoza.common.test.event.EventSchemas;
import org.junit.jupiter.api.Test;

class DocumentEventsTests {

    @Test
    void theSchemaOfTheUploadedEventIsTheCommittedOne() {
        EventSchemas.check(DocumentUploadedV1.TYPE, DocumentUploadedV1.class);
    }
}
