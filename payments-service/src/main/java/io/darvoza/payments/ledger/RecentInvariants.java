package io.darvoza.payments.ledger;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The invariants for what came between two positions of the hash chain, {@code :mark} and {@code :head}: their cost grows with
 * what happened since the last check, with the accounts and with the open orders, and not with all that ever was. What a
 * constraint holds is right while the constraint is there.
 */
final class RecentInvariants {

    /** Those of {@link Invariants} that read accounts and open orders only. */
    private static final Set<String> SMALL = Set.of("I2", "I4", "I5", "I10", "R1");

    /** Whatever the planner believes about tables that grow: few new rows are found by their ids. */
    static final String BY_IDS = """
            select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true)
            """;

    private static final String LINKS = """
            with links as (
                select kind, id from chain_link where position > :mark and position <= :head),
            txs as (
                select t.* from links l join ledger_tx t on t.id = l.id where l.kind = 'ledger'),
            touched_ids as (
                select order_id id from txs where order_id is not null
                union
                select o.id from links l join audit_log a on a.id = l.id
                join payment_order o on o.uid = a.object_id::uuid
                where l.kind = 'audit' and a.object_kind = 'payment_order' and a.action like 'order\\_%'),
            touched as (
                select o.* from touched_ids t join payment_order o on o.id = t.id)
            """;

    /** What entries that are behind the mark, in the chain or not yet, add to an account. */
    private static final String ADDED = """
            select e.account_id, sum(case when e.side = a.normal then e.amount else -e.amount end) amount
            from (select id from links where kind = 'ledger' %s) x
            join ledger_entry e on e.tx_id = x.id join ledger_account a on a.id = e.account_id group by 1
            """;

    static final List<Invariant> ALL = Stream.concat(
                    Invariants.ALL.stream().filter(invariant -> SMALL.contains(invariant.code())),
                    Stream.of(
                            invariant("I1", """
                                    select count(*) from (select e.tx_id from txs join ledger_entry e on e.tx_id = txs.id
                                        group by 1 having sum(case e.side when 'D' then e.amount else -e.amount end) <> 0) x
                                    """),
                            invariant("I3", """
                                    select count(*) from ledger_account a join ledger_balance b on b.account_id = a.id
                                    left join ledger_checkpoint c on c.account_id = a.id
                                    left join (select account_id, sum(amount) amount from ledger_tail group by 1) t
                                        on t.account_id = a.id
                                    left join (%s) n on n.account_id = a.id
                                    where b.balance + coalesce(t.amount, 0) <> coalesce(c.total, 0) + coalesce(n.amount, 0)
                                    """.formatted(ADDED.formatted(
                                    "union all select id from unchained where kind = 'ledger'"))),
                            constraint("I6", "performed_is_terminal"),
                            invariant("I7", """
                                    select count(*) from (
                                        select o.type, o.status, o.reversed_at is not null reversed,
                                               coalesce(string_agg(t.kind, ' ' order by t.kind), '') kinds
                                        from touched o left join ledger_tx t on t.order_id = o.id
                                        group by o.id, o.type, o.status, o.reversed_at) x
                                    where kinds <> %s
                                    """.formatted(Invariants.KINDS_OF_STATUS)),
                            invariant("I8", """
                                    select count(*) from (
                                        select o.id, case when o.status = 'approved' and o.reversed_at is null
                                                          then o.actual_fee else 0 end fee,
                                               coalesce(sum(case e.side when 'C' then e.amount else -e.amount end)
                                                        filter (where a.kind = 'commission'), 0) earned
                                        from touched o left join ledger_tx t on t.order_id = o.id
                                        left join ledger_entry e on e.tx_id = t.id
                                        left join ledger_account a on a.id = e.account_id
                                        group by o.id, o.status, o.reversed_at, o.actual_fee) x
                                    where fee <> earned
                                    """),
                            invariant("I9", """
                                    select %s + (
                                        select count(*) from touched o join card c on c.id = o.card_id
                                        left join card_reservation r on r.order_id = o.id and r.card_id = o.card_id
                                        where %s)
                                    """.formatted(Invariants.RESERVED_OTHERWISE, Invariants.POSTED_OTHERWISE)),
                            // In one aggregate: a join of both is taken for one row and meets each with all.
                            invariant("I12", """
                                    select count(*) from (
                                        select key, version from (
                                            select o.uid::text key, f.version, 1 fed, 0 sent
                                            from touched o join ops_feed f on f.order_id = o.id
                                            where f.at >= :since and f.kind in ('created', 'processing', 'held', 'released',
                                                'approved', 'failed', 'rejected', 'expired', 'cancelled', 'reversed',
                                                'late_received')
                                            union all
                                            select event_key, aggregate_version, 0, 1 from outbox_event where status = 'unsent'
                                            union all
                                            select event_key, aggregate_version, 0, 1 from outbox_event
                                            where sent_at >= :since) told
                                        group by 1, 2 having sum(fed) > 0 and sum(fed) * sum(sent) <> 1) x
                                    """),
                            invariant("I13", "select count(*) from touched o " + Invariants.WITHOUT_DELIVERY),
                            constraint("I16", "second_is_another_person")))
            .toList();

    /** Adds what was checked to the sums that the next check begins with. */
    static final String MOVE_SUMS = LINKS + """
            insert into ledger_checkpoint (account_id, total) select account_id, amount from (%s) n
            on conflict (account_id) do update set total = ledger_checkpoint.total + excluded.total
            """.formatted(ADDED.formatted(""));

    /** What looks like a card number in what was written since. */
    static final String NUMBERS = LINKS + ", " + numbersIn("""
            select concat_ws(' ', a.object_id, a.before, a.after) body
            from links l join audit_log a on a.id = l.id where l.kind = 'audit'
            union all select payload from outbox_event where status = 'unsent'
            union all select payload from outbox_event where sent_at >= :since
            """);

    /** The same for the newest hundred thousand audit entries and events. */
    static final String NUMBERS_OF_ALL = "with " + numbersIn("""
            (select concat_ws(' ', object_id, before, after) body from audit_log order by seq desc limit 100000)
            union all (select payload from outbox_event order by id desc limit 100000)
            """);

    private RecentInvariants() {}

    private static Invariant invariant(String code, String violations) {
        return new Invariant(code, rule(code), LINKS + violations);
    }

    private static Invariant constraint(String code, String name) {
        return new Invariant(code, rule(code), """
                select 1 - count(*) from pg_constraint where conname = '%s' and convalidated and conenforced
                """.formatted(name));
    }

    private static String numbersIn(String texts) {
        return """
                texts as (%s)
                select distinct found[1] from texts,
                    regexp_matches(body, '(?<![0-9])([0-9]{16,19})(?![0-9])', 'g') found
                """.formatted(texts);
    }

    private static String rule(String code) {
        return Invariants.ALL.stream()
                .filter(invariant -> invariant.code().equals(code))
                .findFirst()
                .orElseThrow()
                .rule();
    }
}
