package io.darvoza.gateway.session;

import io.darvoza.common.security.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ReactiveZSetOperations;
import org.springframework.session.data.redis.config.annotation.SpringSessionRedisConnectionFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which browsers people are signed in with: a hash by id and beside it a sorted set of {@code <username>\0<id>}, so that a page
 * of the list, of all or of one person, is one range.
 *
 * <p>Sessions end by themselves, without a word to anybody. Their entries go when a list comes across them, and at every
 * login a few entries picked at random are looked after, as Redis itself does with what has expired.
 */
@Component
final class SignedInBrowsers {

    /** Where the session keeps the id that people see. */
    private static final String ATTRIBUTE = "browser_id";

    private static final String BY_ID = "gateway:{browsers}:by-id";
    private static final String BY_NAME = "gateway:{browsers}:by-name";
    private static final String SESSION = "gateway:sessions:";
    private static final char END_OF_NAME = '\0';
    private static final int LOOKED_AFTER = 5;
    private static final int AT_ONCE = 16;

    private final ReactiveStringRedisTemplate redis;
    private final ReactiveHashOperations<String, String, String> byId;
    private final ReactiveZSetOperations<String, String> byName;
    private final JsonMapper json;
    private final Clock clock;

    SignedInBrowsers(
            @SpringSessionRedisConnectionFactory ReactiveRedisConnectionFactory connections,
            JsonMapper json,
            Clock clock) {
        this.redis = new ReactiveStringRedisTemplate(connections);
        this.byId = redis.opsForHash();
        this.byName = redis.opsForZSet();
        this.json = json;
        this.clock = clock;
    }

    /** A part of the list by user name; {@code next} is where to go on, null at the end. Some of it may have ended since. */
    record Part(List<SignedInBrowser> browsers, @Nullable String next) {}

    /** The id of the session's browser; null when nobody has signed in. */
    static @Nullable UUID idOf(WebSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof String id ? UUID.fromString(id) : null;
    }

    /** A person has signed in: the session gets a new id for people to see, before it is saved. */
    static void name(WebSession session) {
        session.getAttributes().put(ATTRIBUTE, UUID.randomUUID().toString());
    }

    /** Lists the session, which is in the store by now, under the id that {@link #name} gave it. */
    Mono<Void> add(WebSession session, Caller person) {
        SignedInBrowser browser = new SignedInBrowser(
                Objects.requireNonNull(idOf(session)),
                session.getId(),
                person.subject(),
                Objects.requireNonNullElse(person.username(), person.subject()),
                clock.instant());
        return byId.put(BY_ID, browser.id().toString(), json.writeValueAsString(browser))
                .then(byName.add(BY_NAME, member(browser), 0))
                .then(lookAfterSome());
    }

    Mono<SignedInBrowser> find(UUID id) {
        return byId.get(BY_ID, id.toString()).map(this::read);
    }

    Mono<Void> remove(UUID id) {
        return find(id).flatMap(this::remove);
    }

    Mono<Void> remove(SignedInBrowser browser) {
        return byName.remove(BY_NAME, member(browser))
                .then(byId.remove(BY_ID, browser.id().toString()))
                .then();
    }

    /** Whether the store has the session. That it is asked does not prolong it. */
    Mono<Boolean> isThere(String session) {
        return redis.hasKey(SESSION + session);
    }

    /**
     * The first browsers after a place in the list.
     *
     * @param username of one person only; null for everybody
     * @param after what the part before gave as {@code next}; null for the first
     */
    Mono<Part> part(@Nullable String username, @Nullable String after, int limit) {
        return byName.rangeByLex(BY_NAME, range(username, after), Limit.limit().count(limit + 1))
                .collectList()
                .flatMap(members -> part(members, limit));
    }

    private Mono<Part> part(List<String> members, int limit) {
        if (members.isEmpty()) {
            return Mono.just(new Part(List.of(), null));
        }
        List<String> shown = members.subList(0, Math.min(limit, members.size()));
        String next = members.size() > limit ? shown.getLast() : null;
        List<String> ids = shown.stream().map(SignedInBrowsers::id).toList();
        return byId.multiGet(BY_ID, ids)
                .flatMapIterable(found ->
                        found.stream().filter(Objects::nonNull).map(this::read).toList())
                .flatMapSequential(this::ifThere, AT_ONCE)
                .collectList()
                .map(browsers -> new Part(browsers, next));
    }

    private static Range<String> range(@Nullable String username, @Nullable String after) {
        Range.Bound<String> end =
                username == null ? Range.Bound.unbounded() : Range.Bound.exclusive(username + (char) (END_OF_NAME + 1));
        if (after != null) {
            return Range.of(Range.Bound.exclusive(after), end);
        }
        return Range.of(
                username == null ? Range.Bound.unbounded() : Range.Bound.inclusive(username + END_OF_NAME), end);
    }

    private Mono<SignedInBrowser> ifThere(SignedInBrowser browser) {
        return isThere(browser.session())
                .flatMap(there -> there ? Mono.just(browser) : remove(browser).then(Mono.empty()));
    }

    private Mono<Void> lookAfterSome() {
        return byId.randomEntries(BY_ID, LOOKED_AFTER)
                .map(entry -> read(entry.getValue()))
                .concatMap(this::ifThere)
                .then();
    }

    private static String member(SignedInBrowser browser) {
        return browser.username() + END_OF_NAME + browser.id();
    }

    private static String id(String member) {
        return member.substring(member.lastIndexOf(END_OF_NAME) + 1);
    }

    private SignedInBrowser read(String text) {
        return json.readValue(text, SignedInBrowser.class);
    }
}
