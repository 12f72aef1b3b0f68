\set i :i + 1
\set n :first + :client_id * :each + :i
begin;
select id as order_id, partner_id as partner, card_id as card, amount as amount, fee as fee from payment_order where id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid \gset
select ledger_post(uuidv7(), :order_id::uuid, 'hold', null, 'RUB', 'bench', null, now(), array['available', 'held'], array[:partner::uuid, :partner::uuid], array['D', 'C'], array[:amount::bigint + :fee::bigint, :amount::bigint + :fee::bigint]);
commit;
begin;
update payment_order set status = 'approved', sub_status = null, performed = true, actual_amount = amount, actual_fee = fee, decided_by = 'bench', bank_reference = external_id, performed_at = now(), version = version + 1 where id = :order_id::uuid and version = 2;
select ledger_post(uuidv7(), :order_id::uuid, 'withdrawal', null, 'RUB', 'bench', null, now(), array['held', 'float', 'commission'], array[:partner::uuid, :card::uuid, null], array['D', 'C', 'C'], array[:amount::bigint + :fee::bigint, :amount::bigint, :fee::bigint]);
commit;
