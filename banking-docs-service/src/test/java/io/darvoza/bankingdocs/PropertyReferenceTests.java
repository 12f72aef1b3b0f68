package io.darvoza.bankingdocs;

import io.darvoza.common.test.configuration.PropertyReference;
import org.junit.jupiter.api.Test;

class PropertyReferenceTests {

    @Test
    void theReferenceOfPropertiesIsUpToDate() {
        PropertyReference.check("banking-docs-service");
    }
}
