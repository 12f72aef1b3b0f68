package io.darvoza.payments.ledger;

import java.util.List;

/**
 * The invariants of the contract as queries over one snapshot of the database; I12 looks back one day. Those that a constraint holds are checked all
 * the same, since constraints can be dropped: I4, I6, I10 and I16. I11's hash chain, I13 and I14 are kept where deliveries and
 * card numbers are; I15 is a property of every command and has tests.
 */
final class Invariants {

    private static final String FROZEN_OPEN_WITHDRAWALS = "o.type = 'withdrawal' and o.status in ('new', 'processing')";

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
                        full join (select o.partner_id, sum(o.amount + o.fee) open from payment_order o
                            where %s group by 1) w on w.partner_id = h.owner_id
                    where coalesce(h.held, 0) <> coalesce(w.open, 0)
                    """.formatted(
                            FROZEN_OPEN_WITHDRAWALS)),
            new Invariant("I6", "performed means a terminal status", """
                    select count(*) from payment_order
                    where performed <> (status in ('approved', 'failed', 'rejected', 'expired', 'cancelled'))
                    """),
            new Invariant("I7", "an order has exactly the postings of its status", """
                    select count(*) from (
                        select o.type, o.status, o.reversed_at is not null reversed,
                               coalesce(string_agg(t.kind, ' ' order by t.kind), '') kinds
                        from payment_order o left join ledger_tx t on t.order_id = o.id group by o.id) x
                    where kinds <> case
                        when type = 'deposit' and status = 'approved' and reversed then
                            case when kinds like 'match%' then 'match reversal' else 'deposit reversal' end
                        when type = 'deposit' and status = 'approved' then
                            case when kinds = 'match' then 'match' else 'deposit' end
                        when type = 'deposit' then ''
                        when status in ('new', 'processing') then 'hold'
                        when status = 'approved' and reversed then 'hold reversal withdrawal'
                        when status = 'approved' then 'hold withdrawal'
                        else 'hold void' end
                    """),
            new Invariant("I8", "the commission is the fees of approved orders less those of reversed ones", """
                    select count(*) from
                        (select a.currency, sum(case e.side when 'C' then e.amount else -e.amount end) earned
                            from ledger_account a join ledger_entry e on e.account_id = a.id
                            where a.kind = 'commission' group by 1) c
                        full join (select currency, sum(actual_fee) fees from payment_order
                            where status = 'approved' and reversed_at is null group by 1) f using (currency)
                    where coalesce(c.earned, 0) <> coalesce(f.fees, 0)
                    """),
            new Invariant("I9", "what a card has reserved is its open deposits", """
                    select count(*) from card_counter c
                    left join (select card_id, sum(amount) amount from payment_order
                            where type = 'deposit' and status in ('new', 'processing') and late_of is null
                            group by 1) o on o.card_id = c.card_id
                    where c.direction = 'in' and c.reserved_minor <> coalesce(o.amount, 0)
                    """),
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
            new Invariant("I16", "nobody confirms an own decision", """
                    select count(*) from second_approval where outcome = 'approved' and decided_by = requested_by
                    """));

    private Invariants() {}
}
