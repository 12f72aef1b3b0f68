package io.darvoza.egov.verification;

import io.darvoza.common.test.event.EventSchemas;
import org.junit.jupiter.api.Test;

class VerificationCompletedV1Tests {

    @Test
    void theSchemaOfTheEventIsTheCommittedOne() {
        EventSchemas.check(VerificationCompletedV1.TYPE, VerificationCompletedV1.class);
    }
}
