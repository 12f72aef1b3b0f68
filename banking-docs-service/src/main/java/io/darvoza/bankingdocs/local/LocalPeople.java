package io.darvoza.bankingdocs.local;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.masking.Inn;
import io.darvoza.common.masking.PersonalText;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The demo users whom the seed's requests name; all of them invented. Their Keycloak ids are fixed in the local realm. */
@Component
@Profile("local")
final class LocalPeople {

    private static final String TABLE = "user_account";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;
    private final Clock clock;

    LocalPeople(DatabaseClient database, FieldCipher cipher, BlindIndex index, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.index = index;
        this.clock = clock;
    }

    private record Client(long id, int sexId, Inn inn, PersonalText address, PersonalText birthday) {}

    private static final List<Client> CLIENTS = List.of(
            new Client(
                    123,
                    1,
                    new Inn("770000000082"),
                    new PersonalText("Москва, ул. Примерная, д. 1, кв. 2"),
                    new PersonalText("1990-01-01")),
            new Client(
                    124,
                    2,
                    new Inn("001234567887"),
                    new PersonalText("Казань, пр. Образцовый, д. 3"),
                    new PersonalText("1985-12-31")));

    Mono<Void> write() {
        return Flux.fromIterable(CLIENTS).concatMap(this::write).then(writeWorker());
    }

    private Mono<Void> write(Client client) {
        return database.sql("""
                        insert into user_account (id, keycloak_sub, user_type_id, sex_id, fin_position_id, tax_id_kind,
                                                  inn, inn_index, address, birthday, created_at)
                        values (:id, :subject, 1, :sex, 1, 'inn', :inn, :innIndex, :address, :birthday, :now)
                        on conflict do nothing
                        """)
                .bind("id", client.id())
                .bind("subject", subject(client.id()))
                .bind("sex", client.sexId())
                .bind("inn", cipher.encrypt(client.inn().reveal(), place("inn", client)))
                .bind("innIndex", index.of(TABLE, "inn", client.inn().reveal()))
                .bind("address", cipher.encrypt(client.address().reveal(), place("address", client)))
                .bind("birthday", cipher.encrypt(client.birthday().reveal(), place("birthday", client)))
                .bind("now", clock.instant())
                .then();
    }

    private Mono<Void> writeWorker() {
        return database.sql("""
                        insert into user_account (id, keycloak_sub, user_type_id, created_at)
                        values (456, :subject, 2, :now) on conflict do nothing
                        """)
                .bind("subject", subject(456))
                .bind("now", clock.instant())
                .then();
    }

    private static FieldPlace place(String column, Client client) {
        return new FieldPlace(TABLE, column, Long.toString(client.id()));
    }

    private static String subject(long id) {
        return "00000000-0000-4000-8000-%012d".formatted(id);
    }
}
