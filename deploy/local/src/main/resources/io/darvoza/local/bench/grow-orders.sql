-- Closed deposits of the past year with their postings, turnover and place in the feed; every fifth is the first partner's.
with numbers as (
    select n, uuidv7(-(interval '2 days' + (@TOTAL@ - n) * interval '30 seconds')) id, uuidv7() tx,
           now() - interval '2 days' - (@TOTAL@ - n) * interval '30 seconds' made,
           case when n % 5 = 0 then 1 else 1 + n % (select count(*) from partner where client_id like 'bench-%') end partner,
           1 + n % (select count(*) from card) card, 10000 + n % 9000000 amount, n % 10 < 7 approved
    from generate_series(@FIRST@, @LAST@) n),
partners as (select id, client_id, row_number() over (order by created_at, id) place from partner where client_id like 'bench-%'),
cards as (select id, mask, row_number() over (order by id) place from card),
grown as materialized (
    select g.*, p.id partner_id, p.client_id, c.id card_id, c.mask, g.amount / 40 fee, own.id available, money.id float,
           (select id from ledger_account where kind = 'commission' and currency = 'RUB') commission
    from numbers g join partners p on p.place = g.partner join cards c on c.place = g.card
    join ledger_account own on own.kind = 'available' and own.owner_id = p.id
    join ledger_account money on money.kind = 'float' and money.owner_id = c.id),
orders as (
    insert into payment_order (id, uid, partner_id, partner_client, external_id, type, status, performed, currency, amount,
                               actual_amount, fee_bps, fee, actual_fee, card_id, card_mask, bank_reference, decided_by,
                               expires_at, closes_at, created_at, processing_at, performed_at, version)
    select id, gen_random_uuid(), partner_id, client_id, 'grown-' || n, 'deposit',
           case when approved then 'approved' else 'expired' end, true, 'RUB', amount, case when approved then amount end,
           250, fee, case when approved then fee end, card_id, mask, case when approved then 'grown-' || n end,
           case when approved then 'user:bench' end, made + interval '15 minutes', made + interval '16 minutes', made,
           case when approved then made + interval '1 minute' end, made + interval '2 minutes', 4
    from grown),
transactions as (
    insert into ledger_tx (id, order_id, kind, currency, actor, at)
    select tx, id, 'deposit', 'RUB', 'user:bench', made + interval '2 minutes' from grown where approved),
lines as (
    select n, tx, float account, 'D' side, amount, made from grown where approved
    union all select n, tx, available, 'C', amount - fee, made from grown where approved
    union all select n, tx, commission, 'C', fee, made from grown where approved),
entries as (
    insert into ledger_entry (tx_id, account_id, side, amount, balance_after, at)
    select tx, account, side, amount, amount, made + interval '2 minutes' from lines order by n),
balances as (
    update ledger_balance b set balance = b.balance + l.amount
    from (select account, sum(amount) amount from lines group by 1) l where b.account_id = l.account),
turnover as (
    insert into card_reservation (order_id, card_id, direction, partner_id, amount_minor, posted_minor, state, outcome,
                                  reserved_at, ended_at)
    select id, card_id, 'in', partner_id, amount, case when approved then amount end,
           case when approved then 'posted' else 'released' end, case when approved then 'approved' else 'expired' end,
           made, made + interval '2 minutes' from grown)
insert into ops_feed (seq, order_id, version, kind, actor, at, status)
    select -n, id, 4, case when approved then 'approved' else 'expired' end, 'user:bench', made + interval '2 minutes',
           case when approved then 'approved' else 'expired' end
    from grown
