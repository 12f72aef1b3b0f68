package io.darvoza.payments.vault;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.payments.PaymentsProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link PanVault} in tables {@code pan_vault} and {@code blocked_bin}. The token is bound to the ciphertext. */
@Component
final class R2dbcPanVault implements PanVault {

    private static final String TABLE = "pan_vault";

    private static final String INSERT = """
            insert into pan_vault (token, purpose, cipher, pan_index, mask, kept_at)
            select :token, :purpose, :cipher, :index, :mask, :now %s on conflict do nothing
            """;

    /** Neither a card of the platform's own nor one of a blocked bank. */
    private static final String PAYABLE = """
            where not exists (select from pan_vault where pan_index = :index and purpose = 'platform_card')
              and not exists (select from blocked_bin where bin in (:bin6, :bin7, :bin8))
            """;

    private static final String PURGE = "update pan_vault set purge_at = least(purge_at, :time) where token = :token";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final BlindIndex index;
    private final TimeOrderedIds ids;
    private final VaultProperties properties;
    private final Clock clock;

    R2dbcPanVault(
            DatabaseClient database,
            FieldCipher cipher,
            BlindIndex index,
            TimeOrderedIds ids,
            VaultProperties properties,
            Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.index = index;
        this.ids = ids;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Mono<PanToken> keep(CardNumber number, Purpose purpose) {
        return Mono.defer(() -> insert(new PanToken(ids.next()), number, purpose))
                .switchIfEmpty(Mono.error(() -> PaymentsProblem.ALREADY_REGISTERED.exception("card_number")));
    }

    /** Empty when the number is a platform card's already. */
    private Mono<PanToken> insert(PanToken token, CardNumber number, Purpose purpose) {
        return kept(database.sql(INSERT.formatted("")), token, number, purpose);
    }

    @Override
    public Mono<PanToken> keepPayable(CardNumber number) {
        return Mono.defer(() -> kept(
                        database.sql(INSERT.formatted(PAYABLE))
                                .bind("bin6", number.bin(6))
                                .bind("bin7", number.bin(7))
                                .bind("bin8", number.bin(8)),
                        new PanToken(ids.next()),
                        number,
                        Purpose.PAYER))
                .switchIfEmpty(Mono.error(PaymentsProblem.CARD_INVALID::exception));
    }

    private Mono<PanToken> kept(GenericExecuteSpec insert, PanToken token, CardNumber number, Purpose purpose) {
        return insert.bind("token", token.id())
                .bind("purpose", purpose.word())
                .bind("cipher", cipher.encrypt(number.reveal(), place(token)))
                .bind("index", indexOf(number))
                .bind("mask", number.mask())
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .map(_ -> token);
    }

    @Override
    public Mono<CardNumber> reveal(PanToken token) {
        return database.sql("select cipher from pan_vault where token = :token and cipher is not null")
                .bind("token", token.id())
                .map(row -> Objects.requireNonNull(row.get("cipher", byte[].class)))
                .one()
                .map(bytes -> read(token, bytes));
    }

    @Override
    public CardNumber read(PanToken token, byte[] bytes) {
        return new CardNumber(cipher.decrypt(bytes, place(token)));
    }

    @Override
    public Mono<String> maskOf(PanToken token) {
        return database.sql("select mask from pan_vault where token = :token")
                .bind("token", token.id())
                .mapValue(String.class)
                .one();
    }

    @Override
    public Write purgeLater(PanToken token) {
        return new Write(
                PURGE, Map.of("token", token.id(), "time", clock.instant().plus(properties.keep())), _ -> Mono.empty());
    }

    @Override
    public Mono<Void> purgeAt(PanToken token, Instant time) {
        return database.sql(PURGE).bind("token", token.id()).bind("time", time).then();
    }

    /** Deletes the numbers whose time has come; tells how many. */
    Mono<Long> purge(int limit) {
        return database.sql("""
                        update pan_vault set cipher = null where token in (
                            select token from pan_vault where cipher is not null and purge_at <= :now
                            order by purge_at limit :limit for update skip locked)
                        """)
                .bind("now", clock.instant())
                .bind("limit", limit)
                .fetch()
                .rowsUpdated();
    }

    private byte[] indexOf(CardNumber number) {
        return indexOf(index, number);
    }

    /** By what a number is found without being read. */
    static byte[] indexOf(BlindIndex index, CardNumber number) {
        return index.of(TABLE, "pan", number.reveal());
    }

    private static FieldPlace place(PanToken token) {
        return new FieldPlace(TABLE, "cipher", token.id().toString());
    }
}
