package io.darvoza.bankingdocs.page;

import io.darvoza.common.problem.CommonProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.MultiValueMap;

/**
 * Which documents an address asks for: the search's own criteria; without a status it is the queue, oldest first.
 *
 * @param words criteria of the address, none of them blank
 */
record QueueFilter(Map<String, String> words) {

    /** The criteria, in the order in which a page shows them. */
    static final List<String> NAMES =
            List.of("q", "status", "category", "user_id", "worker_id", "date_from", "date_to", "order", "limit");

    private static final String DEFAULT_ROWS = "50";
    private static final Set<String> BESIDE = Set.of("older", "done");

    /** Raises {@link CommonProblem#UNKNOWN_PARAMETER} for a criterion that is misspelt: it must not silently show everything. */
    static QueueFilter of(MultiValueMap<String, String> address) {
        Map<String, String> words = new LinkedHashMap<>();
        address.keySet().stream()
                .filter(name -> !NAMES.contains(name) && !BESIDE.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw CommonProblem.UNKNOWN_PARAMETER.exception(name).with("parameter", name);
                });
        NAMES.forEach(name -> {
            String word = address.getFirst(name);
            if (word != null && !word.isBlank()) {
                words.put(name, word.strip());
            }
        });
        return new QueueFilter(words);
    }

    /** Whether this is what waits for a decision, without a further criterion. */
    boolean isPlainQueue() {
        return words.keySet().stream().allMatch(Set.of("order", "limit")::contains);
    }

    /** Whether new documents come at the end. */
    boolean isOldestFirst() {
        return "oldest".equals(words.getOrDefault("order", words.containsKey("status") ? "newest" : "oldest"));
    }

    /** The same as the search takes it. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>(words);
        query.putIfAbsent("status", "pending");
        query.remove("status", "all");
        query.putIfAbsent("limit", DEFAULT_ROWS);
        query.putIfAbsent("order", isOldestFirst() ? "oldest" : "newest");
        return query;
    }
}
