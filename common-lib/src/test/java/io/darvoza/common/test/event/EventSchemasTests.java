package io.darvoza.common.test.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventSchemasTests {

    enum Status {
        NEW,
        DONE
    }

    record ThingChangedV1(
            UUID thingId,
            Instant changedAt,
            Status status,
            long sizeBytes,
            @Nullable String note) {}

    record NestedV1(List<String> names) {}

    @Test
    void aSchemaNamesEveryMemberAsTheWireDoes() {
        JsonNode schema =
                JsonMapper.shared().readTree(EventSchemas.schema("tiny.thing.changed.v1", ThingChangedV1.class));

        assertThat(schema.get("title").asString()).isEqualTo("tiny.thing.changed.v1");
        assertThat(schema.get("properties").propertyNames())
                .containsExactly("thing_id", "changed_at", "status", "size_bytes", "note");
        assertThat(schema.at("/properties/thing_id/format").asString()).isEqualTo("uuid");
        assertThat(schema.at("/properties/changed_at/format").asString()).isEqualTo("date-time");
        assertThat(schema.at("/properties/status/enum").valueStream().map(JsonNode::asString))
                .containsExactly("NEW", "DONE");
    }

    @Test
    void whatMayBeAbsentIsNotRequired() {
        JsonNode schema =
                JsonMapper.shared().readTree(EventSchemas.schema("tiny.thing.changed.v1", ThingChangedV1.class));

        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
                .containsExactly("thing_id", "changed_at", "status", "size_bytes");
    }

    @Test
    void aContractIsFlat() {
        assertThatThrownBy(() -> EventSchemas.schema("tiny.nested.v1", NestedV1.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names");
    }

    @Test
    @DisabledIfSystemProperty(named = "docs.update", matches = "true", disabledReason = "then it would be written")
    void aContractThatWasNeverCommittedFails() {
        assertThatThrownBy(() -> EventSchemas.check("tiny.no-such-contract.v1", ThingChangedV1.class))
                .isInstanceOf(AssertionError.class);
    }

    record PartOfAPaymentV1(
            String uid, boolean performed, @Nullable String actualAmount) {}

    record MoreThanAPaymentV1(String uid, String colour) {}

    record SurerThanAPaymentV1(String uid, String actualAmount) {}

    record OtherThanAPaymentV1(long uid) {}

    @Test
    void aConsumerReadsWhatIsPromised() {
        EventSchemas.checkReader("payments.payment.approved.v1", PartOfAPaymentV1.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {MoreThanAPaymentV1.class, SurerThanAPaymentV1.class, OtherThanAPaymentV1.class})
    void aConsumerThatReliesOnMoreFails(Class<? extends Record> reader) {
        assertThatThrownBy(() -> EventSchemas.checkReader("payments.payment.approved.v1", reader))
                .isInstanceOf(AssertionError.class);
    }
}
