-- Keys that partners sign their requests with, and the callbacks that tell partners what became of their orders.

-- secret is a ciphertext bound to this table, column and id: an HMAC needs the secret itself, so a hash would not do. A key
-- counts while it is neither revoked nor past expires_at; a rotated one keeps counting until its overlap ends. An empty
-- allow-list admits every address.
create table api_key (
    id           uuid primary key,
    partner_id   uuid   not null references partner (id),
    label        text   not null check (length(label) between 1 and 100),
    scopes       text[] not null check (cardinality(scopes) > 0 and scopes <@ array['create', 'read', 'payout', 'manage']),
    ip_allowlist text[] not null default '{}' check (cardinality(ip_allowlist) <= 50),
    secret       bytea  not null,
    rotated_to   uuid references api_key (id),
    created_at   timestamptz not null,
    created_by   text   not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    revoked_by   text,
    last_used_at timestamptz,
    row_version  bigint not null default 1,
    check ((revoked_at is null) = (revoked_by is null))
);

create index api_key_of_partner on api_key (partner_id, id desc);

-- A nonce is inserted once per key or the request is a replay. A row outlives every timestamp that it could come back with.
create table request_nonce (
    key_id  uuid not null references api_key (id),
    nonce   uuid not null,
    seen_at timestamptz not null,
    primary key (key_id, nonce)
);

create index request_nonce_by_time on request_nonce (seen_at);

-- Where a partner wants to be called. The previous secret signs beside the current one until its end, so that a receiver can
-- change over. failing_since is the first failure after the last success.
create table webhook_endpoint (
    id                    uuid primary key,
    partner_id            uuid   not null references partner (id),
    url                   text   not null check (length(url) between 1 and 2000),
    description           text   check (length(description) <= 200),
    event_types           text[] not null default '{}' check (cardinality(event_types) <= 50),
    secret                bytea  not null,
    previous_secret       bytea,
    previous_secret_until timestamptz,
    status                text   not null default 'active' check (status in ('active', 'disabled', 'deleted')),
    disabled_reason       text   check (disabled_reason in ('by_partner', 'gone', 'failing')),
    disabled_at           timestamptz,
    failing_since         timestamptz,
    created_at            timestamptz not null,
    row_version           bigint not null default 1,
    check ((previous_secret is null) = (previous_secret_until is null)),
    check ((status = 'disabled') = (disabled_reason is not null) and (disabled_reason is null) = (disabled_at is null))
);

create index webhook_endpoint_of_partner on webhook_endpoint (partner_id, id desc) where status <> 'deleted';
create index webhook_endpoint_active on webhook_endpoint (id) where status = 'active';

-- One message to one endpoint: body is sent as it stands, so that a later state of the order never looks like an earlier one.
-- Of one order and endpoint the lowest pending order_version goes first. message_id is what the receiver tells repeats by.
create table webhook_delivery (
    id              uuid primary key,
    endpoint_id     uuid    not null references webhook_endpoint (id),
    message_id      text    not null,
    event_type      text    not null,
    order_uid       text,
    order_version   bigint,
    body            text    not null check (length(body) <= 16384),
    state           text    not null check (state in ('pending', 'delivered', 'failed')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz,
    lease_until     timestamptz,
    created_at      timestamptz not null,
    attempted_at    timestamptz,
    delivered_at    timestamptz,
    last_status     integer,
    last_millis     integer,
    last_answer     text    check (length(last_answer) <= 4096),
    last_error      text    check (length(last_error) <= 200),
    check ((order_uid is null) = (order_version is null)),
    check ((state = 'pending') = (next_attempt_at is not null)),
    check ((state = 'delivered') = (delivered_at is not null)),
    unique (endpoint_id, message_id)
);

create index webhook_delivery_due on webhook_delivery (endpoint_id, next_attempt_at) where state = 'pending';
create index webhook_delivery_order on webhook_delivery (endpoint_id, order_uid, order_version) where state = 'pending';
create index webhook_delivery_of_endpoint on webhook_delivery (endpoint_id, id desc);
create index webhook_delivery_by_order on webhook_delivery (order_uid) where order_uid is not null;
create index webhook_delivery_delivered on webhook_delivery (delivered_at) where delivered_at is not null;
create index webhook_delivery_created on webhook_delivery (created_at);
create index webhook_delivery_leased on webhook_delivery (endpoint_id) where state = 'pending' and lease_until is not null;
