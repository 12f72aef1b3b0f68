package io.darvoza.gosuslugi;

import io.darvoza.common.test.configuration.PropertyReference;
import org.junit.jupiter.api.Test;

class PropertyReferenceTests {

    @Test
    void theReferenceOfPropertiesIsUpToDate() {
        PropertyReference.check("gosuslugi-service");
    }
}
