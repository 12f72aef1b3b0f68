-- Money on cards that no order moves (L8, L9), the hash chain over audit and ledger, and how far checks have come.

-- Receipts and card moves -------------------------------------------------------------------------------------------------

-- Money that came to a card and that no order waited for. Its bank reference is what it is told by: it is booked once, and the
-- deposit that is approved with this reference on this card takes it.
create table card_receipt (
    id             uuid        primary key,
    card_id        uuid        not null references card (id),
    currency       text        not null,
    amount_minor   bigint      not null check (amount_minor > 0),
    bank_reference text        not null check (length(bank_reference) between 1 and 64),
    comment        text        check (length(comment) <= 500),
    recorded_by    text        not null,
    recorded_at    timestamptz not null,
    order_id       uuid        references payment_order (id),
    unique (card_id, bank_reference)
);

create unique index card_receipt_of_order on card_receipt (order_id) where order_id is not null;
create index card_receipt_by_time on card_receipt (recorded_at desc, id desc);
create index card_receipt_unmatched on card_receipt (recorded_at desc, id desc) where order_id is null;

-- Money that went from one card of ours to another. A bank's fee is a correction, so a second person confirms it.
create table card_move (
    id             uuid        primary key,
    from_card      uuid        not null references card (id),
    to_card        uuid        not null references card (id),
    currency       text        not null,
    amount_minor   bigint      not null check (amount_minor > 0),
    bank_fee_minor bigint      not null check (bank_fee_minor >= 0),
    bank_reference text        not null check (length(bank_reference) between 1 and 64),
    comment        text        check (length(comment) <= 500),
    moved_by       text        not null,
    confirmed_by   text,
    moved_at       timestamptz not null,
    unique (from_card, bank_reference),
    check (from_card <> to_card),
    constraint bank_fee_takes_two check (bank_fee_minor = 0 or (confirmed_by is not null and confirmed_by <> moved_by))
);

create index card_move_by_time on card_move (moved_at desc, id desc);
create trigger card_move_stays before update or delete on card_move for each row execute function forbid_change();

-- What was taken back no longer stands in the way of the order that the money really was for.
drop index payment_order_bank_reference;
create unique index payment_order_bank_reference on payment_order (card_id, bank_reference)
    where status = 'approved' and reversed_at is null;

-- What operators search by.
create index payment_order_external_id on payment_order (external_id) where external_id is not null;
create index payment_order_client_id on payment_order (client_id) where client_id is not null;
create index payment_order_reference on payment_order (bank_reference) where bank_reference is not null;

-- A reversal takes an order's turnover off its card again.
alter table card_reservation add column reversed_at timestamptz
    constraint only_posted_is_reversed check (reversed_at is null or state = 'posted');

-- An order's own callback address stands in for that of the endpoint whose secret signs. wants_since is since when an endpoint
-- wants what it wants.
alter table webhook_delivery add column url text check (length(url) between 1 and 2048);
alter table webhook_endpoint add column wants_since timestamptz;
update webhook_endpoint set wants_since = now();
alter table webhook_endpoint alter column wants_since set default now(), alter column wants_since set not null;

-- The hash chain ----------------------------------------------------------------------------------------------------------

-- Audit entries and ledger transactions that are not in the chain yet; written in their own transaction, so that none is
-- missed whatever the order of commits.
create table unchained (
    n    bigint generated always as identity primary key,
    id   uuid not null unique,
    kind text not null check (kind in ('audit', 'ledger'))
);

-- Rows live for a second: vacuum early.
alter table unchained set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- hash is the SHA-256 of the hash before it and the row's content: who changes or removes a row has to change all behind it.
create table chain_link (
    position bigint primary key,
    kind     text  not null check (kind in ('audit', 'ledger')),
    id       uuid  not null unique,
    hash     bytea not null check (length(hash) = 32)
);

create trigger chain_link_stays before update or delete on chain_link for each row execute function forbid_change();
create trigger chain_link_stays_whole before truncate on chain_link execute function forbid_change();
revoke update, delete, truncate on chain_link from current_user;

-- A row as the chain knows it: named members in a fixed order, so that a column that comes later does not change it.
create function chain_content(a_kind text, a_id uuid) returns text language sql stable set timezone to 'UTC' as $$
    select case a_kind
        when 'audit' then (
            select jsonb_build_array(a.seq, a.id, a.at, a.actor, a.action, a.object_kind, a.object_id, a.before, a.after,
                                     a.trace_id)::text
            from audit_log a where a.id = a_id)
        else (
            select jsonb_build_array(t.id, t.order_id, t.kind, t.reversal_of, t.currency, t.actor, t.detail, t.at,
                (select jsonb_agg(jsonb_build_array(e.id, e.account_id, e.side, e.amount, e.balance_after, e.at)
                                  order by e.id)
                 from ledger_entry e where e.tx_id = t.id))::text
            from ledger_tx t where t.id = a_id)
        end
$$;

create function chain_hash(before bytea, a_kind text, a_id uuid) returns bytea language sql stable as $$
    select sha256(before || convert_to(coalesce(chain_content(a_kind, a_id), 'gone'), 'UTF8'))
$$;

create function await_chain() returns trigger language plpgsql as $$
begin
    insert into unchained (id, kind) select id, 'audit' from added;
    return null;
end $$;

create trigger audit_log_awaits_chain after insert on audit_log
    referencing new table as added for each statement execute function await_chain();

create or replace function require_balanced_entries() returns trigger language plpgsql as $$
declare
    unbalanced uuid;
begin
    select tx_id into unbalanced from added
        group by tx_id having sum(case side when 'D' then amount else -amount end) <> 0 limit 1;
    if found then
        raise exception 'debits and credits of transaction % differ', unbalanced using errcode = 'check_violation';
    end if;
    select a.tx_id into unbalanced from added a join ledger_account l on l.id = a.account_id
        join ledger_tx t on t.id = a.tx_id where l.currency <> t.currency limit 1;
    if found then
        raise exception 'transaction % mixes currencies', unbalanced using errcode = 'check_violation';
    end if;
    insert into unchained (id, kind) select distinct tx_id, 'ledger' from added on conflict (id) do nothing;
    return null;
end $$;

insert into unchained (id, kind) select id, 'audit' from audit_log order by seq;
insert into unchained (id, kind) select id, 'ledger' from ledger_tx order by at, id;

-- Puts what waits into the chain, one instance at a time; how many rows.
create function chain_append(at_most integer) returns integer language plpgsql as $$
declare
    last_position bigint;
    last_hash     bytea;
    due           record;
    added         integer := 0;
begin
    -- «chain» in ASCII; no other advisory lock of this database has this number.
    if not pg_try_advisory_xact_lock(x'636861696E'::bigint) then
        return 0;
    end if;
    select position, hash into last_position, last_hash from chain_link order by position desc limit 1;
    last_position := coalesce(last_position, 0);
    last_hash := coalesce(last_hash, sha256(''));
    for due in
        with taken as (
            delete from unchained where n in (select n from unchained order by n limit at_most) returning n, id, kind)
        select id, kind from taken order by n
    loop
        last_position := last_position + 1;
        last_hash := chain_hash(last_hash, due.kind, due.id);
        insert into chain_link (position, kind, id, hash) values (last_position, due.kind, due.id, last_hash);
        added := added + 1;
    end loop;
    return added;
end $$;

-- Compares a part of the chain with the rows it is made of: up to where it looked, and the first place that is not right.
create function chain_check(a_from bigint, at_most integer, out checked_to bigint, out first_wrong bigint)
    language sql stable as $$
    with part as (
        select position, kind, id, hash, lag(hash) over by_position hash_before, lag(position) over by_position position_before
        from chain_link where position >= a_from - 1 and position < a_from + at_most
        window by_position as (order by position))
    select coalesce(max(position), a_from - 1),
           min(case when position_before is distinct from nullif(position - 1, 0) then coalesce(position_before + 1, a_from)
                    when hash <> chain_hash(coalesce(hash_before, sha256('')), kind, id) then position end)
    from part where position >= a_from
$$;

-- How far checks have come ------------------------------------------------------------------------------------------------

-- Positions of the chain up to which a check has found everything right, and when it began to look.
create table check_mark (
    name     text        primary key check (name in ('chain', 'ledger')),
    position bigint      not null check (position >= 0),
    at       timestamptz not null
);

insert into check_mark values ('chain', 0, now()), ('ledger', 0, now());

-- What an account's entries of transactions up to the mark 'ledger' add up to, on its normal side.
create table ledger_checkpoint (
    account_id bigint primary key references ledger_account (id),
    total      bigint not null
);

-- For gauges: how long ago; nothing for what has not been, or is still to come.
create function seconds_since(a_then timestamptz, a_now timestamptz) returns double precision language sql immutable as $$
    select greatest(0, coalesce(extract(epoch from a_now - a_then), 0))::double precision
$$;
