-- Partners with money, and orders in processing, each of another amount: what the scripts beside this one approve. Partners and
-- cards come in no order: clients that are a round number apart would all want the same rows at the same time.
insert into partner (id, client_id, name, currency, status, ttl_seconds, deposit_bps, deposit_min_minor,
                     withdrawal_bps, withdrawal_min_minor, created_at)
    select ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'ledger-' || n, 'Ledger', 'RUB', 'active', 900,
           250, 0, 250, 0, now()
    from generate_series(0, @PARTNERS@ - 1) n;
select ledger_post(uuidv7(), null, 'prefund', null, 'RUB', 'bench', null, now(), array['settlement', 'available'],
                   array[null, id], array['D', 'C'], array[100000000000, 100000000000])
    from partner where client_id like 'ledger-%';
insert into payment_order (id, uid, partner_id, partner_client, external_id, type, status, sub_status, currency, amount,
                           fee_bps, fee, card_id, card_mask, expires_at, closes_at, created_at, processing_at, version)
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, gen_random_uuid(),
           ('00000000-0000-7000-9000-' || lpad(to_hex(partner), 12, '0'))::uuid, 'ledger-' || partner,
           'ledger-' || n, case when n <= @DEPOSITS@ then 'deposit' else 'withdrawal' end, 'processing', 'queued', 'RUB', 10000 + n, 250, (10000 + n) / 40,
           cards.ids[1 + (hashint4(-n) & 2147483647) % cardinality(cards.ids)], '220424******0000', now() + interval '1 day', now() + interval '1 day',
           now(), now(), 2
    from (select n, (hashint4(n) & 2147483647) % @PARTNERS@ partner from generate_series(1, @DEPOSITS@ + @WITHDRAWALS@) n) numbers,
         (select array_agg(id order by id) ids from card) cards