package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.redis.RedisCache;
import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells the dictionaries whose numbers and words the API uses. */
@RestController
@Tag(name = "ДБО")
class DictionaryController {

    /** What each of them selects: its number, its word in the API, and its title for people, if it has another one. */
    private static final Map<String, String> DICTIONARIES = Map.of(
            "categories", "select id, type word, null::text title from category order by id",
            "document-statuses", statuses("document"),
            "link-statuses", statuses("link"),
            "contract-statuses", statuses("contract"),
            "fin-positions", "select id, pos word, null::text title from fin_position order by id",
            "sexes", "select id, code word, null::text title from sex order by id",
            "user-types", "select id, type word, null::text title from user_type order by id");

    private static final Duration KEEP = Duration.ofMinutes(10);

    private final DatabaseClient database;
    private final RedisCache.Region<DictionaryResponse> cache;
    private final Mono<String> schema;

    /** Dictionaries change with the schema only: under its number they are kept, and a newer release asks anew. */
    DictionaryController(DatabaseClient database, RedisCache cache) {
        this.database = database;
        this.cache = cache.region("dictionaries", DictionaryResponse.class, KEEP);
        this.schema = database.sql("select max(installed_rank)::text from flyway_schema_history")
                .mapValue(String.class)
                .one()
                .cacheInvalidateIf(_ -> false);
    }

    /** A dictionary, by number. */
    @Schema(name = "Dictionary")
    record DictionaryResponse(String name, List<Entry> entries) {

        /**
         * One word of it.
         *
         * @param word as the API sends and takes it
         * @param title in Russian, for people, where it differs
         */
        @Schema(name = "DictionaryEntry")
        record Entry(int id, String word, @Nullable String title) {}
    }

    @GetMapping("/v1/dbo/dictionaries/{name}")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "getDictionary",
            summary = "A dictionary",
            description = "categories, document-statuses, link-statuses, contract-statuses, fin-positions, sexes or"
                    + " user-types. Numbers and words never change.")
    Mono<DictionaryResponse> read(@PathVariable String name) {
        return Mono.justOrEmpty(DICTIONARIES.get(name))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(sql -> schema.map(version -> name + "-" + version)
                        .flatMap(key -> cache.find(key)
                                .switchIfEmpty(read(name, sql).doOnNext(dictionary -> cache.keep(key, dictionary)))));
    }

    private Mono<DictionaryResponse> read(String name, String sql) {
        return database.sql(sql)
                .map(row -> new DictionaryResponse.Entry(
                        Objects.requireNonNull(row.get("id", Integer.class)),
                        Objects.requireNonNull(row.get("word", String.class)),
                        row.get("title", String.class)))
                .all()
                .collectList()
                .map(entries -> new DictionaryResponse(name, entries));
    }

    private static String statuses(String domain) {
        return "select id, status word, title_ru title from operation where domain = '" + domain + "' order by id";
    }
}
