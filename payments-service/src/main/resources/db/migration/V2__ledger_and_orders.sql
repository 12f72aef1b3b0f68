-- The double-entry ledger and the payment orders. Amounts are minor units of the account's or order's currency.

-- Accounts ----------------------------------------------------------------------------------------------------------------

-- owner_id is the partner of available, held and receivable, the card of float, and null for the system's own accounts.
-- A balance counts on the account's normal side: a debit makes float, receivable and settlement grow, a credit all others.
create table ledger_account (
    id       bigint generated always as identity primary key,
    kind     text not null check (kind in
                 ('available', 'held', 'receivable', 'float', 'commission', 'suspense', 'adjustment', 'settlement')),
    owner_id uuid,
    currency text not null check (currency in ('RUB', 'TJS', 'KZT', 'USD')),
    normal   text not null generated always as
                 (case when kind in ('float', 'receivable', 'settlement') then 'D' else 'C' end) stored,
    unique nulls not distinct (kind, owner_id, currency),
    check ((owner_id is not null) = (kind in ('available', 'held', 'receivable', 'float')))
);

-- Bounded accounts can never be overdrawn, whoever writes.
create table ledger_balance (
    account_id bigint  primary key references ledger_account (id),
    bounded    boolean not null,
    balance    bigint  not null default 0,
    constraint ledger_balance_not_negative check (not bounded or balance >= 0)
) with (fillfactor = 50);

-- Credits of the commission account that are not in its balance yet: adding them up now and then keeps its row cold.
create table ledger_tail (
    entry_id   bigint primary key,
    account_id bigint not null,
    amount     bigint not null
);

-- Orders ------------------------------------------------------------------------------------------------------------------

-- uid is the capability in the payer's link: 128 random bits. closes_at is expires_at and the grace for a late «Я оплатил».
-- fee is what the asked amount costs, actual_fee what the actual one cost. escalate_at moves on by the time on hold, and is null
-- once escalated. partner_client is the partner's Keycloak client.
create table payment_order (
    id                   uuid primary key,
    uid                  uuid        not null unique,
    partner_id           uuid        not null,
    partner_client       text        not null,
    external_id          text check (length(external_id) between 1 and 64),
    type                 text        not null check (type in ('deposit', 'withdrawal')),
    status               text        not null check (status in
                             ('new', 'processing', 'approved', 'failed', 'rejected', 'expired', 'cancelled')),
    sub_status           text check (sub_status in ('queued', 'awaiting_second_approval', 'on_hold')),
    performed            boolean     not null default false,
    currency             text        not null check (currency in ('RUB', 'TJS', 'KZT', 'USD')),
    amount               bigint      not null check (amount > 0),
    actual_amount        bigint check (actual_amount > 0),
    fee_bps              integer     not null check (fee_bps between 0 and 10000),
    fee_min              bigint      not null default 0 check (fee_min >= 0),
    fee_max              bigint check (fee_max >= fee_min),
    fee                  bigint      not null check (fee >= 0),
    actual_fee           bigint check (actual_fee >= 0),
    card_id              uuid,
    card_mask            text,
    payer_card_token     uuid,
    payer_card_mask      text,
    client_id            text check (length(client_id) between 1 and 64),
    description          text check (length(description) <= 500),
    metadata             text check (octet_length(metadata) <= 2048),
    return_url           text check (length(return_url) <= 2048),
    callback_url         text check (length(callback_url) <= 2048),
    reference_type       text check (reference_type in ('contract', 'state_order')),
    reference_id         text check (length(reference_id) between 1 and 64),
    expires_at           timestamptz not null,
    closes_at            timestamptz not null,
    assigned_to          text,
    assigned_name        text,
    lease_until          timestamptz,
    escalate_at          timestamptz,
    escalated_at         timestamptz,
    held_at              timestamptz,
    supporting_document  bigint,
    document_rejected_at timestamptz,
    reason               text,
    comment              text,
    bank_reference       text check (length(bank_reference) between 1 and 64),
    decided_by           text,
    late_of              uuid references payment_order (uid),
    late_evidence        text,
    reversed_at          timestamptz,
    created_at           timestamptz not null,
    processing_at        timestamptz,
    performed_at         timestamptz,
    version              bigint      not null default 1,
    unique (partner_id, external_id),
    constraint performed_is_terminal check (performed = (status not in ('new', 'processing'))),
    constraint performed_has_its_time check (performed = (performed_at is not null)),
    constraint processing_has_a_sub_status check ((sub_status is not null) = (status = 'processing')),
    constraint approved_has_its_figures check
        (status <> 'approved' or (actual_amount is not null and actual_fee is not null and card_id is not null)),
    constraint deposit_has_its_card check (type <> 'deposit' or card_id is not null),
    constraint claim_is_whole check ((assigned_to is null) = (lease_until is null)),
    constraint hold_is_whole check ((sub_status is not distinct from 'on_hold') = (held_at is not null)),
    constraint hold_has_no_claim check (held_at is null or assigned_to is null),
    constraint only_approved_is_reversed check (reversed_at is null or status = 'approved'),
    constraint reference_is_whole check ((reference_type is null) = (reference_id is null)),
    constraint closes_after_expiry check (closes_at >= expires_at)
) with (fillfactor = 70);

-- Two open deposits of one amount on one card could not be told apart. Late ones are known by their evidence.
create unique index payment_order_open_amount on payment_order (card_id, amount)
    where type = 'deposit' and status in ('new', 'processing') and late_of is null;
create unique index payment_order_bank_reference on payment_order (card_id, bank_reference) where status = 'approved';
create unique index payment_order_late on payment_order (late_of) where late_of is not null;
create index payment_order_of_partner on payment_order (partner_id, created_at desc, id desc);
create index payment_order_by_time on payment_order (created_at desc, id desc);
create index payment_order_open on payment_order (closes_at) where status = 'new';
create index payment_order_queue on payment_order (processing_at, id) where status = 'processing';
create index payment_order_leases on payment_order (lease_until) where lease_until is not null and status = 'processing';
create index payment_order_sla on payment_order (escalate_at)
    where escalate_at is not null and held_at is null and status = 'processing';
create index payment_order_performed on payment_order (performed_at) where performed;
create index payment_order_document on payment_order (supporting_document) where held_at is not null;

create function forbid_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

-- What is performed stays as it is: only a reversal, and the purge of the payer's card, may still come.
create function keep_performed_order() returns trigger language plpgsql as $$
declare
    free constant text[] := array['reversed_at', 'version', 'payer_card_token'];
begin
    if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
        raise exception 'order % is performed', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger payment_order_performed before update on payment_order
    for each row when (old.performed) execute function keep_performed_order();
create trigger payment_order_stays before delete on payment_order for each row execute function forbid_change();
create trigger payment_order_stays_whole before truncate on payment_order execute function forbid_change();

create table order_note (
    id         uuid primary key,
    order_id   uuid        not null references payment_order (id),
    author     text        not null,
    text       text        not null check (length(text) between 1 and 2000),
    created_at timestamptz not null
);

create index order_note_of_order on order_note (order_id, created_at);
create trigger order_note_stays before update or delete on order_note for each row execute function forbid_change();

-- A first person's decision that waits for a second one. subject is what the second one carries out, as JSON.
create table second_approval (
    id           uuid primary key,
    kind         text        not null check (kind in ('approval', 'reversal', 'prefund', 'settlement', 'card_move')),
    order_id     uuid references payment_order (id),
    subject      text        not null,
    requested_by text        not null,
    requested_at timestamptz not null,
    decided_by   text,
    decided_at   timestamptz,
    outcome      text check (outcome in ('approved', 'refused', 'withdrawn')),
    constraint second_is_another_person check (outcome <> 'approved' or decided_by <> requested_by),
    constraint decided_is_whole check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)),
    constraint order_decisions_name_it check ((kind in ('approval', 'reversal')) = (order_id is not null))
);

create unique index second_approval_open on second_approval (order_id, kind) where outcome is null and order_id is not null;
create index second_approval_of_order on second_approval (order_id);

-- What happened to orders, in the order in which it is told. seq is given after the commit, so a reader that goes on behind
-- the last seq it saw misses nothing. version is the order's after the change.
create table ops_feed (
    id       bigint generated always as identity primary key,
    seq      bigint unique,
    order_id uuid        not null references payment_order (id),
    version  bigint      not null,
    kind     text        not null,
    actor    text        not null,
    at       timestamptz not null,
    status   text        not null,
    detail   text
) with (fillfactor = 70);

create index ops_feed_unnumbered on ops_feed (id) where seq is null;
create index ops_feed_of_order on ops_feed (order_id, id);

-- Statuses of documents as banking-docs-service tells them, for orders on hold.
create table supporting_document (
    id      bigint primary key,
    status  text   not null,
    version bigint not null
);

-- Transactions and entries ------------------------------------------------------------------------------------------------

create table ledger_tx (
    id          uuid primary key,
    order_id    uuid references payment_order (id),
    kind        text        not null check (kind in ('hold', 'deposit', 'withdrawal', 'void', 'reversal', 'prefund',
                                                     'settlement', 'receipt', 'match', 'card_move')),
    reversal_of uuid unique references ledger_tx (id),
    currency    text        not null,
    actor       text        not null,
    detail      text,
    at          timestamptz not null,
    unique (order_id, kind),
    constraint reversal_names_what_it_reverses check ((kind = 'reversal') = (reversal_of is not null)),
    constraint order_postings_name_it check
        ((kind in ('hold', 'deposit', 'withdrawal', 'void', 'reversal', 'match')) = (order_id is not null))
);

-- A hold ends once: posted or void, never both.
create unique index ledger_tx_ends_once on ledger_tx (order_id) where kind in ('deposit', 'withdrawal', 'void', 'match');

-- balance_after is the account's balance with this entry; null for the commission, whose row is not touched then.
create table ledger_entry (
    id            bigint generated always as identity primary key,
    tx_id         uuid        not null references ledger_tx (id),
    account_id    bigint      not null references ledger_account (id),
    side          text        not null check (side in ('D', 'C')),
    amount        bigint      not null check (amount > 0),
    balance_after bigint,
    at            timestamptz not null,
    unique (tx_id, account_id)
);

create index ledger_entry_of_account on ledger_entry (account_id, at, id);

-- All entries of a transaction come in one statement, and balance.
create function require_balanced_entries() returns trigger language plpgsql as $$
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
    return null;
end $$;

create trigger ledger_entry_balances after insert on ledger_entry
    referencing new table as added for each statement execute function require_balanced_entries();

create trigger ledger_tx_stays before update or delete on ledger_tx for each row execute function forbid_change();
create trigger ledger_tx_stays_whole before truncate on ledger_tx execute function forbid_change();
create trigger ledger_entry_stays before update or delete on ledger_entry for each row execute function forbid_change();
create trigger ledger_entry_stays_whole before truncate on ledger_entry execute function forbid_change();

-- The service's login owns the tables and still may not. (Foreign keys need the owner's UPDATE on what they point to.)
revoke update, delete, truncate on ledger_entry from current_user;
revoke delete, truncate on ledger_tx from current_user;

-- The account of a kind and owner, made with its balance when it comes up first.
create function ledger_account_of(a_kind text, a_owner uuid, a_currency text) returns bigint language plpgsql as $$
declare
    found_id bigint;
begin
    select id into found_id from ledger_account
        where kind = a_kind and owner_id is not distinct from a_owner and currency = a_currency;
    if found_id is null then
        insert into ledger_account (kind, owner_id, currency) values (a_kind, a_owner, a_currency)
            on conflict do nothing returning id into found_id;
        if found_id is null then
            select id into found_id from ledger_account
                where kind = a_kind and owner_id is not distinct from a_owner and currency = a_currency;
        else
            insert into ledger_balance (account_id, bounded)
                values (found_id, a_kind in ('available', 'held', 'receivable'));
        end if;
    end if;
    return found_id;
end $$;

-- Writes one transaction: its balances in account order, then its entries. Lines are parallel arrays.
-- A line of the commission touches no balance. Overdrawing a bounded account fails with ledger_balance_not_negative.
-- What is credited to a partner repays first what the partner owes.
create function ledger_post(
    a_id uuid, a_order uuid, a_kind text, a_reversal_of uuid, a_currency text, a_actor text, a_detail text, a_at timestamptz,
    kinds text[], owners uuid[], sides text[], amounts bigint[]) returns void language plpgsql as $$
declare
    accounts bigint[] := '{}';
    after    bigint[] := '{}';
    line     record;
    changed  bigint;
    debt     bigint;
    owed     bigint;
    i        integer;
begin
    insert into ledger_tx (id, order_id, kind, reversal_of, currency, actor, detail, at)
        values (a_id, a_order, a_kind, a_reversal_of, a_currency, a_actor, a_detail, a_at);
    for i in 1 .. cardinality(kinds) loop
        accounts[i] := ledger_account_of(kinds[i], owners[i], a_currency);
    end loop;
    for i in 1 .. cardinality(kinds) loop
        if kinds[i] = 'available' and sides[i] = 'C' then
            select id into debt from ledger_account
                where kind = 'receivable' and owner_id = owners[i] and currency = a_currency;
            if debt is not null and debt <> all (accounts) then
                perform 1 from ledger_balance b join ledger_account a on a.id = b.account_id
                    where b.account_id = any (accounts || debt) and a.kind <> 'commission'
                    order by b.account_id for update of b;
                select least(balance, amounts[i]) into owed from ledger_balance where account_id = debt;
                if owed > 0 then
                    amounts[i] := amounts[i] - owed;
                    kinds := kinds || 'receivable'::text;
                    owners := owners || owners[i];
                    sides := sides || 'C'::text;
                    amounts := amounts || owed;
                    accounts := accounts || debt;
                end if;
            end if;
        end if;
    end loop;
    for line in select n, account from unnest(accounts) with ordinality as l (account, n) order by account loop
        i := line.n;
        if kinds[i] <> 'commission' and amounts[i] > 0 then
            update ledger_balance b
                set balance = balance + case when a.normal = sides[i] then amounts[i] else -amounts[i] end
                from ledger_account a where a.id = b.account_id and b.account_id = line.account
                returning b.balance into changed;
            after[i] := changed;
        end if;
    end loop;
    with added as (
        insert into ledger_entry (tx_id, account_id, side, amount, balance_after, at)
            select a_id, accounts[n], sides[n], amounts[n], after[n], a_at
            from generate_subscripts(accounts, 1) n where amounts[n] > 0
            returning id, account_id, side, amount)
    insert into ledger_tail (entry_id, account_id, amount)
        select e.id, e.account_id, case e.side when 'C' then e.amount else -e.amount end
        from added e join ledger_account a on a.id = e.account_id where a.kind = 'commission';
end $$;

-- Mirrors what all transactions of an order moved, account by account, so that a withdrawal's money comes back as available.
-- What the partner no longer has is owed if that is allowed, else it fails with ledger_balance_not_negative.
create function ledger_reverse(
    a_id uuid, a_order uuid, a_actor text, a_detail text, a_at timestamptz, may_owe boolean) returns void language plpgsql as $$
declare
    original ledger_tx;
    kinds    text[];
    owners   uuid[];
    sides    text[];
    amounts  bigint[];
    partner  uuid;
    account  bigint;
    debt     bigint;
    had      bigint;
    i        integer;
begin
    select * into strict original from ledger_tx where order_id = a_order and kind in ('deposit', 'withdrawal', 'match');
    select array_agg(m.kind), array_agg(m.owner_id), array_agg(case when m.debits > 0 then 'C' else 'D' end),
           array_agg(abs(m.debits))
        into kinds, owners, sides, amounts
        from (select a.kind, a.owner_id, sum(case e.side when 'D' then e.amount else -e.amount end)::bigint debits
              from ledger_entry e join ledger_tx t on t.id = e.tx_id join ledger_account a on a.id = e.account_id
              where t.order_id = a_order group by a.id) m
        where m.debits <> 0;
    i := array_position(kinds, 'available');
    if may_owe and i is not null and sides[i] = 'D' then
        partner := owners[i];
        account := ledger_account_of('available', partner, original.currency);
        debt := ledger_account_of('receivable', partner, original.currency);
        perform 1 from ledger_balance b join ledger_account a on a.id = b.account_id
            where b.account_id = debt or exists (select from unnest(kinds, owners) l (kind, owner)
                where a.kind = l.kind and a.kind <> 'commission' and a.owner_id is not distinct from l.owner
                  and a.currency = original.currency)
            order by b.account_id for update of b;
        select balance into had from ledger_balance where account_id = account;
        if had < amounts[i] then
            if 'receivable' = any (kinds) then
                amounts[array_position(kinds, 'receivable')] :=
                    amounts[array_position(kinds, 'receivable')] + amounts[i] - had;
            else
                kinds := kinds || 'receivable'::text;
                owners := owners || partner;
                sides := sides || 'D'::text;
                amounts := amounts || (amounts[i] - had);
            end if;
            amounts[i] := had;
        end if;
    end if;
    perform ledger_post(a_id, a_order, 'reversal', original.id, original.currency, a_actor, a_detail, a_at,
        kinds, owners, sides, amounts);
end $$;

-- Adds up what waits in the tail; each entry of it once, however many do so at the same time.
create function ledger_roll_up(at_most integer) returns integer language plpgsql as $$
declare
    moved integer;
begin
    with taken as (
        delete from ledger_tail where entry_id in
            (select entry_id from ledger_tail order by entry_id limit at_most for update skip locked)
            returning account_id, amount),
    sums as (select account_id, sum(amount)::bigint amount, count(*) entries from taken group by account_id),
    added as (
        update ledger_balance b set balance = b.balance + s.amount from sums s where b.account_id = s.account_id
            returning s.entries)
    select coalesce(sum(entries), 0) into moved from added;
    return moved;
end $$;
