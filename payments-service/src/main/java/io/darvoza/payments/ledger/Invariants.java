package io.darvoza.payments.ledger;

import java.util.List;

/**
 * The invariants of the contract as queries over one snapshot of the whole database; I12 looks back one day and I13, whose rows
 * are not kept for ever, one hour. Those that a constraint holds are checked all the same, since constraints can be dropped: I4,
 * I6, I10 and I16. I11 is the hash chain of {@code audit}, I14 needs more than SQL and is with {@link LedgerCheck}, I15 is a
 * property of every command and has tests. R1 is this service's own.
 */
final class Invariants {

    /** Named one by one, so that the index of each status is enough. */
    static final String OPEN = """
            (select * from payment_order where status = 'new'
             union all select * from payment_order where status = 'processing')
            """;

    static final String KINDS_OF_STATUS = """
            case
                when type = 'deposit' and status = 'approved' and reversed then
                    case when kinds like 'match%' then 'match reversal' else 'deposit reversal' end
                when type = 'deposit' and status = 'approved' then
                    case when kinds = 'match' then 'match' else 'deposit' end
                when type = 'deposit' then ''
                when status in ('new', 'processing') then 'hold'
                when status = 'approved' and reversed then 'hold reversal withdrawal'
                when status = 'approved' then 'hold withdrawal'
                else 'hold void' end
            """;

    /** What its reservation says an approved order {@code o} moved on its card {@code c} is not what the order says. */
    static final String POSTED_OTHERWISE = """
            o.status = 'approved' and (r.order_id is null or r.state <> 'posted' or r.posted_minor <> o.actual_amount
                or (r.reversed_at is null) <> (o.reversed_at is null))
            """;

    static final String RESERVED_OTHERWISE = """
            (select count(*) from card_counter t
             left join (select card_id, sum(amount) amount from %s o
                        where type = 'deposit' and late_of is null group by 1) o on o.card_id = t.card_id
             where t.direction = 'in' and t.reserved_minor <> coalesce(o.amount, 0))
            """.formatted(OPEN);

    static final String WITHOUT_DELIVERY = """
            join webhook_endpoint e on e.partner_id = o.partner_id and e.status <> 'deleted'
                and (cardinality(e.event_types) = 0 or 'payment.' || o.status = any (e.event_types))
            where o.performed and o.performed_at > now() - interval '1 hour'
              and o.performed_at > e.wants_since + interval '1 minute'
              and not exists (select from webhook_delivery d where d.order_uid = o.uid::text and d.endpoint_id = e.id
                              and d.event_type = 'payment.' || o.status)
            """;

    static final List<Invariant> ALL = List.of(
            new Invariant("I1", "debits equal credits in every transaction", """
                    select count(*) from (select tx_id from ledger_entry group by tx_id
                        having sum(case side when 'D' then amount else -amount end) <> 0) x
                    """),
            new Invariant("I2", "the balances of all accounts of a currency add up to nothing", """
                    select count(*) from (select a.currency from ledger_account a join ledger_balance b on b.account_id = a.id
                        left join (select account_id, sum(amount) amount from ledger_tail group by 1) t on t.account_id = a.id
                        group by a.currency
                        having sum((b.balance + coalesce(t.amount, 0)) * case a.normal when 'D' then 1 else -1 end) <> 0) x
                    """),
            new Invariant("I3", "a balance is the sum of its entries", """
                    select count(*) from (select a.id from ledger_account a join ledger_balance b on b.account_id = a.id
                        left join ledger_entry e on e.account_id = a.id
                        left join (select account_id, sum(amount) amount from ledger_tail group by 1) t on t.account_id = a.id
                        group by a.id, a.normal, b.balance, t.amount
                        having b.balance + coalesce(t.amount, 0)
                            <> coalesce(sum(case when e.side = a.normal then e.amount else -e.amount end), 0)) x
                    """),
            new Invariant("I4", "available, held and receivable are not negative", """
                    select count(*) from ledger_account a join ledger_balance b on b.account_id = a.id
                    where a.kind in ('available', 'held', 'receivable') and b.balance < 0
                    """),
            new Invariant("I5", "held is the amount and fee of a partner's open withdrawals", """
                    select count(*) from
                        (select a.owner_id, sum(b.balance) held from ledger_account a
                            join ledger_balance b on b.account_id = a.id where a.kind = 'held' group by 1) h
                        full join (select o.partner_id, sum(o.amount + o.fee) open from %s o
                            where o.type = 'withdrawal' group by 1) w on w.partner_id = h.owner_id
                    where coalesce(h.held, 0) <> coalesce(w.open, 0)
                    """.formatted(OPEN)),
            new Invariant("I6", "performed means a terminal status", """
                    select count(*) from payment_order
                    where performed <> (status in ('approved', 'failed', 'rejected', 'expired', 'cancelled'))
                    """),
            new Invariant("I7", "an order has exactly the postings of its status", """
                    select count(*) from (
                        select o.type, o.status, o.reversed_at is not null reversed,
                               coalesce(string_agg(t.kind, ' ' order by t.kind), '') kinds
                        from payment_order o left join ledger_tx t on t.order_id = o.id group by o.id) x
                    where kinds <> %s
                    """.formatted(KINDS_OF_STATUS)),
            new Invariant("I8", "the commission is the fees of approved orders less those of reversed ones", """
                    select count(*) from
                        (select a.currency, sum(case e.side when 'C' then e.amount else -e.amount end) earned
                            from ledger_account a join ledger_entry e on e.account_id = a.id
                            where a.kind = 'commission' group by 1) c
                        full join (select currency, sum(actual_fee) fees from payment_order
                            where status = 'approved' and reversed_at is null group by 1) f using (currency)
                    where coalesce(c.earned, 0) <> coalesce(f.fees, 0)
                    """),
            new Invariant(
                    "I9",
                    "what a card has reserved is its open deposits, what it has posted its approved orders",
                    """
                    select %s + (
                        select count(*) from payment_order o join card c on c.id = o.card_id
                        left join card_reservation r on r.order_id = o.id and r.card_id = o.card_id
                        where %s)
                    """.formatted(RESERVED_OTHERWISE, POSTED_OTHERWISE)),
            new Invariant("I10", "no two open deposits share card and amount", """
                    select count(*) from (select card_id, amount from payment_order
                        where type = 'deposit' and status in ('new', 'processing') and late_of is null
                        group by 1, 2 having count(*) > 1) x
                    """),
            new Invariant("I12", "what is published of an order is one event for each of its versions", """
                    select count(*) from (
                        select f.order_id, f.version from ops_feed f join payment_order o on o.id = f.order_id
                        left join outbox_event e on e.event_key = o.uid::text and e.aggregate_version = f.version
                        where f.at > now() - interval '1 day' and f.kind in ('created', 'processing', 'held', 'released',
                            'approved', 'failed', 'rejected', 'expired', 'cancelled', 'reversed', 'late_received')
                        group by 1, 2 having count(e.id) <> 1) x
                    """),
            new Invariant("I13", "what ended is told to every endpoint that wants it", """
                    select count(*) from payment_order o %s
                    """.formatted(WITHOUT_DELIVERY)),
            new Invariant("I16", "nobody confirms an own decision", """
                    select count(*) from second_approval where outcome = 'approved' and decided_by = requested_by
                    """),
            new Invariant("R1", "what stands in suspense is the receipts that no order has taken", """
                    select count(*) from
                        (select a.currency, sum(b.balance) waits from ledger_account a
                            join ledger_balance b on b.account_id = a.id where a.kind = 'suspense' group by 1) s
                        full join (select currency, sum(amount_minor) amount from card_receipt
                            where order_id is null group by 1) r using (currency)
                    where coalesce(s.waits, 0) <> coalesce(r.amount, 0)
                    """));

    private Invariants() {}
}
