package io.darvoza.payments.vault;

import io.darvoza.common.crypto.BlindIndex;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells card numbers that the vault keeps, or has kept, from other numbers of that length. */
@Component
public final class KnownNumbers {

    private final DatabaseClient database;
    private final BlindIndex index;

    KnownNumbers(DatabaseClient database, BlindIndex index) {
        this.database = database;
        this.index = index;
    }

    /** How many of the texts are such numbers. */
    public Mono<Long> among(List<String> texts) {
        return Flux.fromIterable(texts)
                .map(CardNumber::parse)
                .flatMap(Mono::justOrEmpty)
                .concatMap(this::isKnown)
                .filter(known -> known)
                .count();
    }

    private Mono<Boolean> isKnown(CardNumber number) {
        return database.sql("""
                        select exists (select from pan_vault where pan_index = :index and purpose = 'platform_card')
                            or exists (select from pan_vault where pan_index = :index and purpose = 'payer')
                        """)
                .bind("index", R2dbcPanVault.indexOf(index, number))
                .mapValue(Boolean.class)
                .one();
    }
}
