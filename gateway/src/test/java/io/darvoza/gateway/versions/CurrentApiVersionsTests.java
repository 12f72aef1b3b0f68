package io.darvoza.gateway.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentApiVersionsTests {

    private final VersionFixtures.Rows rows = new VersionFixtures.Rows();
    private final CurrentApiVersions current = new CurrentApiVersions(rows, VersionFixtures.PROPERTIES);

    @Test
    void servesVersion1OfEveryApiBeforeTheTableWasRead() {
        rows.away = new IllegalStateException("no database");
        current.refresh();

        assertThat(current.get().all()).extracting(ApiVersion::version).containsExactly("v1", "v1");
        assertThat(current.get().match("/v1/payments").version()).isNotNull();
        assertThat(current.get().match("/v2/payments").version()).isNull();
    }

    @Test
    void preparesTheTableOnceItCan() {
        rows.away = new IllegalStateException("no database");
        current.refresh();
        rows.away = null;
        current.refresh();
        current.refresh();

        assertThat(rows.prepared).isEqualTo(1);
        assertThat(current.get().match("/v2/payments").version()).isNotNull();
    }

    @Test
    void keepsTheLastGoodSnapshotWhileTheDatabaseIsAway() {
        current.refresh();
        ApiVersions good = current.get();
        rows.away = new IllegalStateException("connection refused");
        current.refresh();

        assertThat(current.get()).isSameAs(good);
    }

    @Test
    void takesAnEmptyTableForAFaultNotForAnAnswer() {
        current.refresh();
        ApiVersions good = current.get();
        rows.rows = List.of();
        current.refresh();

        assertThat(current.get()).isSameAs(good);
    }

    @Test
    void takesAChangeOfTheTable() {
        current.refresh();
        rows.rows = List.of(ApiVersion.active("payments", "v3"));
        current.refresh();

        assertThat(current.get().match("/v3/payments").version()).isNotNull();
        assertThat(current.get().match("/v1/payments").version()).isNull();
    }
}
