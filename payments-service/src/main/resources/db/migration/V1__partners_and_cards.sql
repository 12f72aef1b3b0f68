-- Partners and their limits, card numbers, cards and their load, compliance cases, audit. Amounts are minor units of the
-- partner's or card's currency; ids are UUIDs of version 7, made by the service; every time is an instant.

create table currency_setting (
    currency            text    primary key check (currency in ('RUB', 'TJS', 'KZT', 'USD')),
    enabled             boolean not null,
    min_amount_minor    bigint  not null check (min_amount_minor > 0),
    max_amount_minor    bigint  not null check (max_amount_minor >= min_amount_minor),
    -- An approval above it needs a second person.
    second_approval_minor bigint not null check (second_approval_minor > 0),
    row_version         bigint  not null default 1
);

insert into currency_setting (currency, enabled, min_amount_minor, max_amount_minor, second_approval_minor) values
    ('RUB', true,  100, 100000000000, 10000000),
    ('TJS', true,  100, 10000000000,  1000000),
    ('KZT', true, 1000, 500000000000, 50000000),
    ('USD', true,  100, 1000000000,   100000);

create table partner (
    id                    uuid    primary key,
    client_id             text    not null unique check (length(client_id) between 1 and 255),
    name                  text    not null check (length(name) between 1 and 200),
    currency              text    not null references currency_setting (currency),
    status                text    not null check (status in ('active', 'blocked')),
    ttl_seconds           integer not null check (ttl_seconds between 1 and 3600),
    -- What the partner bears: basis points of the amount, no less than min, no more than max where there is one.
    deposit_bps           integer not null check (deposit_bps between 0 and 10000),
    deposit_min_minor     bigint  not null check (deposit_min_minor >= 0),
    deposit_max_minor     bigint  check (deposit_max_minor >= deposit_min_minor),
    withdrawal_bps        integer not null check (withdrawal_bps between 0 and 10000),
    withdrawal_min_minor  bigint  not null check (withdrawal_min_minor >= 0),
    withdrawal_max_minor  bigint  check (withdrawal_max_minor >= withdrawal_min_minor),
    -- Null: the currency's.
    second_approval_minor bigint  check (second_approval_minor > 0),
    created_at            timestamptz not null,
    row_version           bigint  not null default 1
);

-- What one payer may move, per partner: found by the partner's own client_id, or by card number. Null: no bound.
create table partner_limit (
    partner_id      uuid   not null references partner (id),
    payer_key       text   not null check (payer_key in ('client_id', 'pan')),
    identified      boolean not null,
    operation_minor bigint check (operation_minor > 0),
    day_minor       bigint check (day_minor > 0),
    month_minor     bigint check (month_minor > 0),
    primary key (partner_id, payer_key, identified)
);

-- What a payer has moved in the running day and month. key_index is an HMAC: who it is cannot be read here.
create table payer_counter (
    partner_id  uuid   not null references partner (id),
    payer_key   text   not null check (payer_key in ('client_id', 'pan')),
    key_index   bytea  not null check (length(key_index) = 32),
    day_start   timestamptz not null,
    day_minor   bigint not null check (day_minor >= 0),
    month_start timestamptz not null,
    month_minor bigint not null check (month_minor >= 0),
    primary key (partner_id, payer_key, key_index)
) with (fillfactor = 80);

-- Payers that identification-service knows as identified persons.
create table identified_payer (
    partner_id    uuid  not null references partner (id),
    key_index     bytea not null check (length(key_index) = 32),
    identified_at timestamptz not null,
    primary key (partner_id, key_index)
);

-- Card numbers. cipher is AES-256-GCM with this row bound to it; after purge_at it is gone, mask and index stay.
create table pan_vault (
    token     uuid  primary key,
    purpose   text  not null check (purpose in ('platform_card', 'payer')),
    cipher    bytea,
    pan_index bytea not null check (length(pan_index) = 32),
    mask      text  not null check (length(mask) between 16 and 19),
    kept_at   timestamptz not null,
    purge_at  timestamptz,
    check (cipher is not null or purge_at is not null)
);

create unique index pan_vault_platform_card on pan_vault (pan_index) where purpose = 'platform_card';
create index pan_vault_payer on pan_vault (pan_index, kept_at) where purpose = 'payer';
create index pan_vault_to_purge on pan_vault (purge_at) where cipher is not null and purge_at is not null;

create table blocked_bin (
    bin        text primary key check (bin ~ '^[0-9]{6,8}$'),
    reason     text not null check (length(reason) between 1 and 500),
    created_at timestamptz not null
);

-- Cards. Holder and legal basis are mandatory: whose card it is, and by what paper it may be used.
create table card (
    id             uuid    primary key,
    pan_token      uuid    not null unique references pan_vault (token),
    mask           text    not null,
    bank           text    not null check (length(bank) between 1 and 200),
    holder         text    not null check (length(holder) between 1 and 200),
    holder_kind    text    not null check (holder_kind in ('organisation', 'person')),
    legal_basis    text    not null check (length(legal_basis) between 1 and 500),
    currency       text    not null references currency_setting (currency),
    direction      text    not null check (direction in ('in', 'out', 'both')),
    status         text    not null
        check (status in ('active', 'paused', 'vacation', 'expired', 'blocked', 'compliance_hold')),
    status_reason  text,
    status_since   timestamptz not null,
    -- The last day on which the card is valid, in its zone.
    valid_until    date    not null,
    zone           text    not null,
    min_minor      bigint  not null check (min_minor > 0),
    max_minor      bigint  not null check (max_minor >= min_minor),
    cooldown_seconds integer not null check (cooldown_seconds between 0 and 86400),
    priority       smallint not null default 0,
    -- Empty: every partner.
    partners       uuid[]  not null default '{}',
    created_at     timestamptz not null,
    row_version    bigint  not null default 1
);

create index card_by_currency on card (currency, id);

-- What a card may and does move in one direction; the row that every reservation locks. reserved and open_orders are the open
-- orders of any day; posted sums belong to the hour, day and month that began at *_start in the card's zone. Caps: null is none.
create table card_counter (
    card_id         uuid    not null references card (id),
    direction       text    not null check (direction in ('in', 'out')),
    accepting       boolean not null,
    hour_cap_minor  bigint  check (hour_cap_minor > 0),
    day_cap_minor   bigint  check (day_cap_minor > 0),
    month_cap_minor bigint  check (month_cap_minor > 0),
    day_cap_count   integer check (day_cap_count > 0),
    max_open        integer check (max_open > 0),
    reserved_minor  bigint  not null default 0 check (reserved_minor >= 0),
    open_orders     integer not null default 0 check (open_orders >= 0),
    hour_start      timestamptz not null default '-infinity',
    hour_minor      bigint  not null default 0 check (hour_minor >= 0),
    hour_count      integer not null default 0 check (hour_count >= 0),
    day_start       timestamptz not null default '-infinity',
    day_minor       bigint  not null default 0 check (day_minor >= 0),
    day_count       integer not null default 0 check (day_count >= 0),
    month_start     timestamptz not null default '-infinity',
    month_minor     bigint  not null default 0 check (month_minor >= 0),
    month_count     integer not null default 0 check (month_count >= 0),
    last_assigned_at timestamptz,
    primary key (card_id, direction)
) with (fillfactor = 70);

-- What an order holds or has moved on a card; one row per order and card. chosen says why this card and not another.
create table card_reservation (
    order_id     uuid   not null,
    card_id      uuid   not null references card (id),
    direction    text   not null check (direction in ('in', 'out')),
    partner_id   uuid   not null references partner (id),
    amount_minor bigint not null check (amount_minor > 0),
    posted_minor bigint check (posted_minor > 0),
    state        text   not null check (state in ('open', 'posted', 'released')),
    outcome      text   check (outcome in ('approved', 'failed', 'rejected', 'expired', 'cancelled')),
    counterparty bytea,
    reserved_at  timestamptz not null,
    ended_at     timestamptz,
    chosen       jsonb,
    primary key (order_id, card_id),
    check ((state = 'open') = (ended_at is null) and (state = 'open') = (outcome is null)),
    check ((state = 'posted') = (posted_minor is not null))
);

-- Two open deposits of one amount on one card could not be told apart.
create unique index card_reservation_same_amount on card_reservation (card_id, amount_minor)
    where state = 'open' and direction = 'in';
create index card_reservation_open on card_reservation (card_id, direction) where state = 'open';
create index card_reservation_of_card on card_reservation (card_id, ended_at) where state <> 'open';

create table card_vacation (
    id         uuid primary key,
    card_id    uuid not null references card (id),
    starts_at  timestamptz not null,
    ends_at    timestamptz not null check (ends_at > starts_at),
    zone       text not null,
    reason     text not null check (length(reason) between 1 and 500),
    created_by text not null,
    cancelled_at timestamptz
);

create index card_vacation_of_card on card_vacation (card_id, starts_at) where cancelled_at is null;

-- When a card works, by day of the week (1 is Monday) and minutes of the day in its zone; a card without rows always does.
create table card_schedule (
    card_id     uuid     not null references card (id),
    day_of_week smallint not null check (day_of_week between 1 and 7),
    from_minute smallint not null check (from_minute >= 0),
    until_minute smallint not null check (until_minute > from_minute and until_minute <= 1440),
    primary key (card_id, day_of_week, from_minute)
);

-- What happened to a card; occasion makes what is told once, once.
create table card_event (
    id       uuid primary key,
    card_id  uuid not null references card (id),
    at       timestamptz not null,
    kind     text not null,
    occasion text,
    actor    text not null,
    details  jsonb not null,
    unique (card_id, kind, occasion)
);

create index card_event_of_card on card_event (card_id, at desc, id desc);

create table compliance_case (
    id          uuid primary key,
    card_id     uuid references card (id),
    indicator   text not null,
    details     jsonb not null,
    status      text not null check (status in ('open', 'closed')),
    opened_at   timestamptz not null,
    closed_at   timestamptz,
    closed_by   text,
    resolution  text,
    row_version bigint not null default 1,
    check ((status = 'closed') = (closed_at is not null and closed_by is not null and resolution is not null))
);

create unique index compliance_case_open on compliance_case (card_id, indicator) where status = 'open';
create index compliance_case_by_time on compliance_case (opened_at desc, id desc);

-- Who did what. Only ever written to: by permission, and by a trigger for those whom permissions do not bind.
create table audit_log (
    seq         bigint generated always as identity primary key,
    id          uuid   not null unique,
    at          timestamptz not null,
    actor       text   not null check (length(actor) between 1 and 255),
    action      text   not null,
    object_kind text   not null,
    object_id   text   not null,
    before      jsonb,
    after       jsonb,
    trace_id    text
);

create index audit_log_of_object on audit_log (object_kind, object_id, seq desc);
create index audit_log_of_actor on audit_log (actor, seq desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function refuse_change();

revoke update, delete, truncate on audit_log from current_user;
