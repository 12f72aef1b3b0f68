package io.darvoza.gateway.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionsTests {

    private final ApiVersions versions = VersionFixtures.snapshot(VersionFixtures.ending());

    @ParameterizedTest
    @CsvSource({
        "/v1/payments, payments, v1",
        "/v1/payments/, payments, v1",
        "/v1/payments/orders/7, payments, v1",
        "/v2/payments/orders, payments, v2",
        "/v1/dbo/documents, banking-docs, v1",
        "/v1/abs, banking-docs, v1",
        "/api/tasks/status/1, payments, v1",
        "/api/tasks, payments, v1",
        "/download_file/1, payments, v1"
    })
    void findsTheVersionOfAPath(String path, String api, String version) {
        ApiVersions.Match match = versions.match(path);

        assertThat(match.version().api()).isEqualTo(api);
        assertThat(match.version().version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/payments", "/v0/payments/x", "/v01/payments", "/v2/dbo/documents", "/v99999/payments"})
    void knowsTheApiOfAVersionThatIsNotThere(String path) {
        assertThat(versions.match(path).version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/v1",
                "/v1/",
                "/v1/token",
                "/v1x/payments",
                "/vx/payments",
                "/v/payments",
                "/payments/v1",
                "/api",
                "/api/other"
            })
    void leavesOtherPathsAlone(String path) {
        assertThat(versions.match(path)).isNull();
    }

    @Test
    void hidesARemovedVersion() {
        ApiVersion removed =
                new ApiVersion("payments", "v1", ApiVersion.Status.REMOVED, Instant.EPOCH, null, null, null, null);

        ApiVersions after = VersionFixtures.snapshot(List.of(removed, ApiVersion.active("payments", "v2")));

        assertThat(after.match("/v1/payments").version()).isNull();
        assertThat(after.of("payments")).extracting(ApiVersion::version).containsExactly("v2");
    }

    @Test
    void ordersVersionsByNumber() {
        ApiVersions many = VersionFixtures.snapshot(List.of(
                ApiVersion.active("payments", "v10"),
                ApiVersion.active("payments", "v2"),
                ApiVersion.active("banking-docs", "v1")));

        assertThat(many.all()).extracting(ApiVersion::version).containsExactly("v1", "v2", "v10");
    }

    @Test
    void writesTheTwoDateSyntaxesAndTheLinks() {
        var headers = versions.match("/v1/payments").headers();

        assertThat(headers.getFirst("Deprecation")).isEqualTo("@1796083200");
        assertThat(headers.getFirst("Sunset")).isEqualTo("Tue, 01 Jun 2027 00:00:00 GMT");
        assertThat(headers.getFirst("Link"))
                .isEqualTo("</docs/redoc?api=payments-service>; rel=\"deprecation\"; type=\"text/html\", "
                        + "</docs/redoc?api=payments-service>; rel=\"sunset\"; type=\"text/html\", "
                        + "</v2/payments>; rel=\"successor-version\"");
    }

    @Test
    void announcesNothingForAVersionWithoutEnd() {
        assertThat(versions.match("/v2/payments").headers().isEmpty()).isTrue();
    }

    @Test
    void writesTheSunsetInEnglishWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ru"));
            Instant day = LocalDate.of(2027, 3, 9).atStartOfDay().toInstant(ZoneOffset.UTC);

            assertThat(VersionHeaders.httpDate(day)).isEqualTo("Tue, 09 Mar 2027 00:00:00 GMT");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void movesOnByTheDatesAlone() {
        ApiVersion version = versions.match("/v1/payments").version();

        assertThat(version.statusAt(VersionFixtures.DEPRECATION.minusNanos(1))).isEqualTo(ApiVersion.Status.ACTIVE);
        assertThat(version.statusAt(VersionFixtures.DEPRECATION)).isEqualTo(ApiVersion.Status.DEPRECATED);
        assertThat(version.statusAt(VersionFixtures.SUNSET.minusNanos(1))).isEqualTo(ApiVersion.Status.DEPRECATED);
        assertThat(version.statusAt(VersionFixtures.SUNSET)).isEqualTo(ApiVersion.Status.SUNSET);
    }

    @Test
    void cannotEndBeforeItIsDeprecated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiVersion(
                        "payments",
                        "v1",
                        ApiVersion.Status.ACTIVE,
                        null,
                        VersionFixtures.SUNSET,
                        VersionFixtures.DEPRECATION,
                        null,
                        null));
    }
}
