\set i :i + 1
\set n :first + :client_id * :each + :i
begin;
update payment_order set status = 'approved', sub_status = null, performed = true, actual_amount = amount, actual_fee = fee, decided_by = 'bench', bank_reference = external_id, performed_at = now(), version = version + 1 where id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid and version = 2 returning id as order_id, partner_id as partner, card_id as card, amount as amount, fee as fee \gset
select ledger_post(uuidv7(), :order_id::uuid, 'deposit', null, 'RUB', 'bench', null, now(), array['float', 'available', 'commission'], array[:card::uuid, :partner::uuid, null], array['D', 'C', 'C'], array[:amount::bigint, :amount::bigint - :fee::bigint, :fee::bigint]);
commit;
