package io.darvoza.payments.page.desk;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which orders an address asks for. The address has people's words: times of the tenant's zone to the minute, «the last hour»,
 * «mine», amounts with spaces; without a status it is the queue, oldest first.
 *
 * @param words criteria of the address, none of them blank
 */
record QueueFilter(Map<String, String> words) {

    /** The criteria, in the order in which a page shows them. */
    static final List<String> NAMES = List.of(
            "status",
            "sub_status",
            "type",
            "partner",
            "card",
            "amount_from",
            "amount_to",
            "from",
            "to",
            "last",
            "assignee",
            "older_than",
            "q",
            "order",
            "limit");

    static final Map<String, Duration> RANGES = ranges();

    private static final Set<String> BESIDE = Set.of("older", "done");
    private static final Set<String> AMOUNTS = Set.of("amount_from", "amount_to");
    private static final Set<String> TIMES = Set.of("from", "to");

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

    @Nullable
    String word(String name) {
        return words.get(name);
    }

    /** Whether this is what waits at the desk, without a further criterion. */
    boolean isPlainQueue() {
        return words.keySet().stream().allMatch(Set.of("order", "limit")::contains);
    }

    /** Whether new orders come at the end. */
    boolean isOldestFirst() {
        return "oldest".equals(words.getOrDefault("order", words.containsKey("status") ? "newest" : "oldest"));
    }

    /** The same as the operation takes it; nothing but a limit differs between list and export. */
    Map<String, String> query(Caller caller, ZoneId zone, Instant now) {
        Map<String, String> query = new LinkedHashMap<>();
        words.forEach((name, word) -> {
            if (AMOUNTS.contains(name)) {
                query.put(name, word.replaceAll("[\\s\u00a0\u202f]", "").replace(',', '.'));
            } else if (TIMES.contains(name)) {
                query.put(name, instant(word, zone));
            } else if (name.equals("assignee")) {
                query.put(name, word.equals("me") ? caller.subject() : word);
            } else if (!name.equals("last")) {
                query.put(name, word);
            }
        });
        since(now, query);
        if (!words.containsKey("status")) {
            query.put("status", "processing");
        }
        query.remove("status", "all");
        query.put("order", isOldestFirst() ? "oldest" : "newest");
        return query;
    }

    private void since(Instant now, Map<String, String> query) {
        Duration range = RANGES.get(words.getOrDefault("last", ""));
        if (range != null && !query.containsKey("from")) {
            query.put("from", now.minus(range).truncatedTo(ChronoUnit.MINUTES).toString());
        }
    }

    /** This address's own query, for links that stay with the same orders while the clock goes on. */
    Map<String, String> fixed(Map<String, String> query) {
        Map<String, String> fixed = new LinkedHashMap<>(words);
        if (fixed.remove("last") != null && query.containsKey("from")) {
            fixed.put("from", query.get("from"));
        }
        return fixed;
    }

    /** What is no time goes on as it is, to be refused by name. */
    private static String instant(String word, ZoneId zone) {
        try {
            return word.endsWith("Z")
                    ? word
                    : LocalDateTime.parse(word).atZone(zone).toInstant().toString();
        } catch (DateTimeException noTime) {
            return word;
        }
    }

    private static Map<String, Duration> ranges() {
        Map<String, Duration> ranges = new LinkedHashMap<>();
        ranges.put("30m", Duration.ofMinutes(30));
        ranges.put("1h", Duration.ofHours(1));
        ranges.put("4h", Duration.ofHours(4));
        ranges.put("24h", Duration.ofHours(24));
        ranges.put("7d", Duration.ofDays(7));
        return ranges;
    }
}
