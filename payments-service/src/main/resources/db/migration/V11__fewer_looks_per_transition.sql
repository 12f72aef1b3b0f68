-- The same rules and the same results, with less work in each transition.

-- Rules of one column ------------------------------------------------------------------------------------------------------

-- Rules of one column become types: a table's rules are all read anew with each row that is written, a type's only where a
-- value of it is written. Rules between columns stay with their table.

create domain minor_sum as bigint check (value > 0);
create domain minor_total as bigint check (value >= 0);
create domain basis_points as integer check (value between 0 and 10000);
create domain currency_code as text check (value in ('RUB', 'TJS', 'KZT', 'USD'));
create domain short_name as text check (length(value) between 1 and 64);
create domain short_text as text check (length(value) <= 500);
create domain long_text as text check (octet_length(value) <= 2048);
create domain web_address as text check (length(value) <= 2048);
create domain order_type as text check (value in ('deposit', 'withdrawal'));
create domain order_status as text
    check (value in ('new', 'processing', 'approved', 'failed', 'rejected', 'expired', 'cancelled'));
create domain order_sub_status as text check (value in ('queued', 'awaiting_second_approval', 'on_hold'));
create domain reference_type as text check (value in ('contract', 'state_order'));
create domain posting_kind as text check (value in ('hold', 'deposit', 'withdrawal', 'void', 'reversal', 'prefund',
                                                    'settlement', 'receipt', 'match', 'card_move'));
create domain ledger_side as text check (value in ('D', 'C'));

alter table payment_order
    drop constraint payment_order_type_check,           alter column type type order_type,
    drop constraint payment_order_status_check,         alter column status type order_status,
    drop constraint payment_order_sub_status_check,     alter column sub_status type order_sub_status,
    drop constraint payment_order_currency_check,       alter column currency type currency_code,
    drop constraint payment_order_amount_check,         alter column amount type minor_sum,
    drop constraint payment_order_actual_amount_check,  alter column actual_amount type minor_sum,
    drop constraint payment_order_fee_bps_check,        alter column fee_bps type basis_points,
    drop constraint payment_order_fee_min_check,        alter column fee_min type minor_total,
    drop constraint payment_order_fee_check,            alter column fee type minor_total,
    drop constraint payment_order_actual_fee_check,     alter column actual_fee type minor_total,
    drop constraint payment_order_external_id_check,    alter column external_id type short_name,
    drop constraint payment_order_client_id_check,      alter column client_id type short_name,
    drop constraint payment_order_reference_type_check, alter column reference_type type reference_type,
    drop constraint payment_order_reference_id_check,   alter column reference_id type short_name,
    drop constraint payment_order_bank_reference_check, alter column bank_reference type short_name,
    drop constraint payment_order_description_check,    alter column description type short_text,
    drop constraint payment_order_metadata_check,       alter column metadata type long_text,
    drop constraint payment_order_return_url_check,     alter column return_url type web_address,
    drop constraint payment_order_callback_url_check,   alter column callback_url type web_address;

alter table ledger_tx drop constraint ledger_tx_kind_check, alter column kind type posting_kind;

alter table ledger_entry
    drop constraint ledger_entry_side_check,   alter column side type ledger_side,
    drop constraint ledger_entry_amount_check, alter column amount type minor_sum;

-- Orders ------------------------------------------------------------------------------------------------------------------

-- Leases are looked for among the few orders in processing. Without an index on them a claim and its heartbeats change one
-- page and no index.
drop index payment_order_leases;

-- One index in place of two: by an external id alone, and by that of a partner.
create unique index payment_order_external_id_of_partner on payment_order (external_id, partner_id)
    where external_id is not null;
alter table payment_order drop constraint payment_order_partner_id_external_id_key;
drop index payment_order_external_id;

-- Ledger ------------------------------------------------------------------------------------------------------------------

-- Most transactions reverse nothing.
create unique index ledger_tx_reversal_of on ledger_tx (reversal_of) where reversal_of is not null;
alter table ledger_tx drop constraint ledger_tx_reversal_of_key;

-- Accounts are for ever.
create trigger ledger_account_stays before update or delete on ledger_account for each row execute function forbid_change();
create trigger ledger_account_stays_whole before truncate on ledger_account execute function forbid_change();

-- One look at all that was added: that it balances, and that its transaction and accounts are there and of one currency.
-- The two foreign keys said the latter row by row and locked the account's row for it, that of the commission for everybody.
-- Neither an account nor a transaction can go, so what was there stays there.
create or replace function require_balanced_entries() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select tx_id, sum(change) <> 0 unbalanced into wrong
        from (select a.tx_id, case a.side when 'D' then a.amount else -a.amount end change,
                     (select currency from ledger_account where id = a.account_id)
                         = (select currency from ledger_tx where id = a.tx_id) one_currency
              from added a) line
        group by tx_id having sum(change) <> 0 or not bool_and(coalesce(one_currency, false)) limit 1;
    if found and wrong.unbalanced then
        raise exception 'debits and credits of transaction % differ', wrong.tx_id using errcode = 'check_violation';
    elsif found then
        raise exception 'transaction % mixes currencies, or names what is not there', wrong.tx_id
            using errcode = 'check_violation';
    end if;
    insert into unchained (id, kind) select distinct tx_id, 'ledger' from added on conflict (id) do nothing;
    return null;
end $$;

alter table ledger_entry drop constraint ledger_entry_tx_id_fkey, drop constraint ledger_entry_account_id_fkey;

-- Feed --------------------------------------------------------------------------------------------------------------------

-- Numbers what has committed, one instance at a time; the greatest number that there is then. The number of the lock is
-- «opsfeed» in ASCII; no other advisory lock of this database has it.
create function ops_feed_advance(at_most integer) returns bigint language plpgsql as $$
begin
    if pg_try_advisory_xact_lock(x'6F707366656564'::bigint) then
        with due as (select id, row_number() over (order by id) place from
                (select id from ops_feed where seq is null order by id limit at_most) unnumbered),
             base as (select coalesce(max(seq), 0) seq from ops_feed)
        update ops_feed f set seq = base.seq + due.place from due, base where f.id = due.id;
    end if;
    return (select coalesce(max(seq), 0) from ops_feed);
end $$;
