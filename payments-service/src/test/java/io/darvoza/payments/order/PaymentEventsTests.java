package io.darvoza.payments.order;

import io.darvoza.common.test.event.EventSchemas;
import io.darvoza.payments.order.model.Happening;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentEventsTests {

    static Stream<Happening> published() {
        return Arrays.stream(Happening.values()).filter(Happening::isPublished);
    }

    @ParameterizedTest
    @MethodSource("published")
    void theSchemaOfTheEventIsTheCommittedOne(Happening happening) {
        EventSchemas.check(PaymentStatusV1.typeOf(happening), PaymentStatusV1.class);
    }
}
