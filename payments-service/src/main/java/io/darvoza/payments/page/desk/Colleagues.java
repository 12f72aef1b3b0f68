package io.darvoza.payments.page.desk;

import io.darvoza.common.security.Caller;
import io.darvoza.common.ui.Person;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** The names of those who have been at the desk, in table {@code desk_person}: what is logged names people by number only. */
@Component
final class Colleagues {

    /** Name of a form's field for a colleague. */
    static final String FIELD = "colleague";

    private static final int MOST = 1000;
    private static final String CLIENT = "client:";
    private static final int TAIL = 16;

    private final DatabaseClient database;
    private final Clock clock;

    Colleagues(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A member of staff. */
    public record Colleague(String actor, String name, boolean decides) {

        /** Keycloak's id of the person. */
        public String getSubject() {
            return actor.substring(actor.indexOf(':') + 1);
        }
    }

    /** Who has been here, in the order of their names. */
    public record Known(List<Colleague> colleagues) {

        /** The name of an actor: of a client its own, of somebody who has not been here the end of the number. */
        public String name(String actor) {
            return colleagues.stream()
                    .filter(person -> person.actor().equals(actor))
                    .map(Colleague::name)
                    .findFirst()
                    .orElseGet(() -> actor.startsWith(CLIENT)
                            ? actor.substring(CLIENT.length())
                            : actor.length() <= TAIL ? actor : "…" + actor.substring(actor.length() - TAIL));
        }

        /** Those who may have an order in hand. */
        public List<Colleague> getDeciding() {
            return colleagues.stream().filter(Colleague::decides).toList();
        }
    }

    /** Remembers who is here now, and tells who has been. */
    Mono<Known> with(Caller caller) {
        return remember(caller).then(known());
    }

    /** A command's body with the colleague whom a form chose by number alone; unchanged when it chose nobody. */
    Mono<Map<String, Object>> named(Map<String, Object> body, MultiValueMap<String, String> form, Caller caller) {
        String chosen = form.getFirst(FIELD);
        if (chosen == null || chosen.isBlank()) {
            return Mono.just(body);
        }
        return with(caller).map(known -> {
            Map<String, Object> whole = new HashMap<>(body);
            whole.put("subject", chosen);
            whole.put("name", known.name("user:" + chosen));
            return whole;
        });
    }

    private Mono<Void> remember(Caller caller) {
        return database.sql("""
            insert into desk_person as known (actor, name, decides, seen_at) values (:actor, :name, :decides, :now)
            on conflict (actor) do update
                set name = excluded.name, decides = excluded.decides, seen_at = excluded.seen_at
                where (known.name, known.decides) <> (excluded.name, excluded.decides)
                    or known.seen_at < excluded.seen_at - interval '1 day'
            """)
                .bind("actor", caller.principalKey())
                .bind("name", Person.of(caller).name())
                .bind("decides", caller.hasAny("payments_operator", "payments_supervisor"))
                .bind("now", clock.instant())
                .then();
    }

    private Mono<Known> known() {
        return database.sql("select * from desk_person order by name, actor limit " + MOST)
                .map(row -> new Colleague(
                        Objects.requireNonNull(row.get("actor", String.class)),
                        Objects.requireNonNull(row.get("name", String.class)),
                        Objects.requireNonNull(row.get("decides", Boolean.class))))
                .all()
                .collectList()
                .map(Known::new);
    }
}
