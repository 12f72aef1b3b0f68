package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Search over 30 000 documents: what it finds and how it pages. How it reads tables is in {@link PlansIT}. */
@RealService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentSearchIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    private Api api;

    /** Evenly over 500 clients, 20 employees, five categories and about three years; few of them are rejected. */
    @BeforeAll
    void fill() {
        run("insert into user_account (id, keycloak_sub, user_type_id, created_at)"
                + " select i, 'subject-' || i, 1, now() from generate_series(20000, 20519) i");
        run("""
                insert into document (id, user_id, worker_id, category_id, description, status_id, plan_maturity_date, uploaded_at)
                select 100000 + i, 20000 + i % 500, 20500 + i % 20, 1 + i % 5,
                       (array['Договор аренды', 'Справка о доходах', 'Выписка', 'Паспорт'])[1 + i % 4] || ' ' || i
                           || case when i % 1000 = 0 then ' гаража' else '' end,
                       case when (i / 5) % 200 = 0 then 13 else (array[11, 12, 14, 15])[1 + (i / 5) % 4] end, '2024-01-01', timestamptz '2021-01-01Z' + i * interval '53 minutes'
                from generate_series(1, 30000) i
                """, """
                insert into document_version (document_id, no, storage_key, size, sha256, declared_type, detected_type,
                                              scan_status, original_name, created_by, created_at)
                select 100000 + i, 1, 'filled/' || i, 10, sha256(i::text::bytea), 'application/pdf', 'application/pdf',
                       'not_scanned', 'a.pdf', 20000 + i % 500, now()
                from generate_series(1, 30000) i
                """);
        run("analyze");
    }

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void pagesThroughAllMatchesOnceAndInOrder() {
        List<Integer> ids = new ArrayList<>();
        String cursor = null;
        do {
            Map<String, Object> page = found(
                    cursor == null
                            ? "/v1/abs/documents?user_id=20007&limit=25"
                            : "/v1/abs/documents?user_id=20007&limit=25&cursor=" + cursor);
            results(page).forEach(one -> ids.add((Integer) one.get("id")));
            cursor = (String) page.get("next_cursor");
        } while (cursor != null);

        assertThat(ids).hasSize(60).isSortedAccordingTo((a, b) -> b - a);
        assertThat(new HashSet<>(ids)).hasSize(60);
    }

    /** More than are sorted, and fewer. */
    @ParameterizedTest
    @CsvSource({"выписки, newest, 7500", "выписки, oldest, 7500", "гараж, newest, 30", "гараж, oldest, 30"})
    void pagesThroughAllDocumentsWithAWordOnceAndInOrder(String word, String order, int documents) {
        String uri = "/v1/abs/documents?q=%s&order=%s&limit=%d".formatted(word, order, documents > 200 ? 200 : 7);
        List<Integer> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Map<String, Object> page = found(cursor.isEmpty() ? uri : uri + "&cursor=" + cursor);
            results(page).forEach(one -> ids.add((Integer) one.get("id")));
            cursor = (String) page.get("next_cursor");
        }

        assertThat(ids)
                .hasSize(documents)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(order.equals("newest") ? Comparator.reverseOrder() : Comparator.naturalOrder());
    }

    @Test
    void pagesFromTheOldestUpWhenAsked() {
        String uri = "/v1/abs/documents?user_id=20008&limit=50&order=oldest";
        Map<String, Object> first = found(uri);
        Map<String, Object> second = found(uri + "&cursor=" + first.get("next_cursor"));

        List<Integer> ids = Stream.of(first, second)
                .flatMap(page -> results(page).stream())
                .map(one -> (Integer) one.get("id"))
                .toList();
        assertThat(ids).hasSize(60).isSorted().doesNotHaveDuplicates();
        assertThat(second).doesNotContainKey("next_cursor");
        api.get(Api.WORKER, "/v1/abs/documents?user_id=20008&cursor=" + first.get("next_cursor"))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void narrowsByEveryCriterion() {
        assertThat(results(found("/v1/abs/documents?status=approved&category=2&user_id=20006")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one)
                        .containsEntry("status", "approved")
                        .containsEntry("category", "Финансы")
                        .containsEntry("user_id", 20006));
        assertThat(results(found("/v1/abs/documents?worker_id=20503")))
                .hasSize(50)
                .allSatisfy(one -> assertThat(one).containsEntry("worker_id", 20503));
        assertThat(results(found("/v1/abs/documents?date_from=2021-03-01&date_to=2021-03-01")))
                .hasSizeBetween(27, 28)
                .allSatisfy(one -> assertThat(one).containsEntry("upload_date", "2021-03-01"));
    }

    @Test
    void findsRussianWordsInAnyForm() {
        assertThat(results(found("/v1/abs/documents?q=договоры гараж")))
                .hasSize(30)
                .allSatisfy(one -> assertThat((String) one.get("description")).contains("гаража"));
        assertThat(results(found("/v1/abs/documents?q=\"самолёт")))
                .as("half a quotation is no error")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "state=pending, unknown_parameter",
        "status=done, validation_failed",
        "category=Нет такой, validation_failed",
        "category=77, validation_failed",
        "limit=0, validation_failed",
        "limit=201, validation_failed",
        "cursor=abc, invalid_cursor",
        "q=, validation_failed",
        "date_from=yesterday, validation_failed",
        "order=best, validation_failed",
        "user_id=x, validation_failed",
    })
    void refusesWhatItDoesNotUnderstand(String query, String code) {
        api.get(Api.WORKER, "/v1/abs/documents?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/dbo/users/123/documents?state=pending",
                "/v1/abs/documents/789/content?download=1",
                "/v1/sm/contracts/101/documents?state=active",
                "/v1/sm/contracts?state=active",
                "/v1/dbo/users/me?limit=1",
                "/v1/abs/documents/789?version=1",
                "/v1/abs/content/no-such-token?version=1",
            })
    void refusesAParameterThatNobodyKnows(String uri) {
        api.get(Api.ADMIN, uri)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_parameter");
    }

    @Test
    void takesACursorOnlyForTheListItBelongsTo() {
        String cursor = (String) found("/v1/abs/documents?status=pending").get("next_cursor");

        api.get(Api.WORKER, "/v1/abs/documents?status=approved&cursor=" + cursor)
                .expectStatus()
                .isBadRequest();
        api.get(Api.WORKER, "/v1/dbo/users/20001/documents?cursor=" + cursor)
                .expectStatus()
                .isBadRequest();
    }

    private Map<String, Object> found(String uri) {
        return api.get(Api.WORKER, uri)
                .expectStatus()
                .isOk()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> results(Map<String, Object> page) {
        return (List<Map<String, Object>>) page.get("results");
    }

    /** Several statements are one transaction: a document needs its version. */
    private void run(String... statements) {
        Await.within(
                database.inConnection(connection -> Mono.from(connection.beginTransaction())
                        .thenMany(Flux.fromArray(statements)
                                .concatMap(sql -> Mono.from(
                                                connection.createStatement(sql).execute())
                                        .flatMap(result -> Mono.from(result.getRowsUpdated()))))
                        .then(Mono.from(connection.commitTransaction()))),
                BOUND);
    }
}
