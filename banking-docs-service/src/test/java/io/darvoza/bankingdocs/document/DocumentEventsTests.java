package io.darvoza.bankingdocs.document;

import io.darvoza.common.test.event.EventSchemas;
import org.junit.jupiter.api.Test;

class DocumentEventsTests {

    @Test
    void theSchemaOfTheUploadedEventIsTheCommittedOne() {
        EventSchemas.check(DocumentUploadedV1.TYPE, DocumentUploadedV1.class);
    }

    @Test
    void theSchemaOfTheStatusEventIsTheCommittedOne() {
        EventSchemas.check(DocumentStatusChangedV1.TYPE, DocumentStatusChangedV1.class);
    }

    @Test
    void theSchemasOfTheLinkEventsAreTheCommittedOnes() {
        EventSchemas.check(DocumentLinkedV1.TYPE, DocumentLinkedV1.class);
        EventSchemas.check(DocumentLinkChangedV1.TYPE, DocumentLinkChangedV1.class);
    }

    @Test
    void theSchemaOfTheDeletedEventIsTheCommittedOne() {
        EventSchemas.check(DocumentDeletedV1.TYPE, DocumentDeletedV1.class);
    }
}
