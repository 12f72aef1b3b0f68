-- Numbers never stand here in clear: a row has the masked form for people and an HMAC to find equal ones by. Facts about a person
-- are encrypted and bound to their row.
create table verification (
    id            uuid primary key,
    document_type text    not null check (document_type in ('iin', 'passport', 'bin')),
    number_masked text    not null check (length(number_masked) <= 40),
    number_index  bytea   not null,
    status        text    not null check (status in ('pending', 'verified', 'failed', 'invalid', 'expired')),
    reason        text    check (length(reason) <= 30),
    assurance     text    not null check (assurance in ('LOCAL', 'OPEN_DATA', 'REGISTRY', 'SIGNATURE')),
    provider      text    not null,
    source        text,
    facts         bytea,
    from_cache    boolean not null,
    stale         boolean not null,
    attempts      integer not null check (attempts >= 0),
    -- user:<subject> or client:<client id>
    principal     text    not null,
    channel       text    not null check (channel in ('seed', 'api', 'bulk', 'embed', 'command')),
    trace_id      text,
    created_at    timestamptz not null,
    -- when the provider said it; earlier than created_at for a verdict from the cache
    checked_at    timestamptz not null,
    check ((status = 'verified') = (reason is null))
);

create index verification_of_principal on verification (principal, id desc);
create index verification_by_number on verification (number_index, id desc);
create index verification_by_time on verification (created_at);

-- Verdicts that count for a while, and stand in when the upstream fails. The key is an HMAC over type, number, provider and source.
create table verdict_cache (
    key         bytea primary key,
    verdict     bytea       not null,
    fresh_until timestamptz not null,
    stale_until timestamptz not null
);

create index verdict_cache_by_end on verdict_cache (stale_until);

-- The time by which requests to the upstream are counted: read after the lock, so that order of slots is order of times.
create function egov_clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- One row per request to the upstream. A request may be sent within the second after its slot was taken, and is not later than that.
create table upstream_slot (
    key_id   text        not null,
    taken_at timestamptz not null,
    purpose  text        not null check (purpose in ('single', 'bulk', 'probe'))
);

create index upstream_slot_of_key on upstream_slot (key_id, taken_at);
create index upstream_slot_by_time on upstream_slot (taken_at);

-- What the upstream has said of a key: not before paused_until (429), not at all for a while (401, 403).
create table upstream_key (
    key_id        text primary key,
    paused_until  timestamptz,
    refused_until timestamptz
);

-- Takes a slot, or says why not and for how long. Each statement of it sees what was committed before it, so what is counted after the
-- lock is everything. 62 seconds: the 60 of the limit, one that a slot lives, one for the way.
create function take_upstream_slot(key text, wanted_purpose text, most integer, most_bulk integer)
    returns table (outcome text, wait_seconds double precision)
    language plpgsql volatile as $$
declare
    now timestamptz;
    held upstream_key;
    used integer;
    used_bulk integer;
    since timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('egov upstream ' || key, 0));
    now := egov_clock();
    select * into held from upstream_key where key_id = key;
    if held.refused_until > now then
        return query select 'refused', extract(epoch from held.refused_until - now)::double precision;
        return;
    end if;
    if held.paused_until > now then
        return query select 'paused', extract(epoch from held.paused_until - now)::double precision;
        return;
    end if;
    select count(*), count(*) filter (where purpose = 'bulk') into used, used_bulk
        from upstream_slot where key_id = key and taken_at > now - interval '62 seconds';
    if used >= most or (wanted_purpose = 'bulk' and used_bulk >= most_bulk) then
        -- When enough of the slots that count have grown old.
        select taken_at into since from upstream_slot
            where key_id = key and taken_at > now - interval '62 seconds' and (used >= most or purpose = 'bulk')
            order by taken_at offset greatest(case when used >= most then used - most else used_bulk - most_bulk end, 0) limit 1;
        return query select 'spent', extract(epoch from since + interval '62 seconds' - now)::double precision;
        return;
    end if;
    insert into upstream_slot (key_id, taken_at, purpose) values (key, now, wanted_purpose);
    return query select 'granted', 0::double precision;
end
$$;

create table setting_version (
    name       text        not null,
    version    integer     not null,
    value      text        check (length(value) <= 500),
    secret     bytea,
    state      text        not null check (state in ('active', 'previous', 'revoked')),
    created_at timestamptz not null,
    created_by text        not null,
    revoked_at timestamptz,
    revoked_by text,
    primary key (name, version),
    check ((value is null) <> (secret is null)),
    check ((state = 'revoked') = (revoked_at is not null))
);

create unique index setting_version_active on setting_version (name) where state = 'active';
create unique index setting_version_previous on setting_version (name) where state = 'previous';

-- Grows with every change, so that an instance sees by one row whether it has to read the rest.
create table setting_generation (
    only_row   boolean primary key default true check (only_row),
    generation bigint not null
);

insert into setting_generation (generation) values (1);

create table audit_log (
    id          uuid primary key,
    at          timestamptz not null,
    actor       text        not null,
    action      text        not null,
    object_kind text        not null,
    object_id   text        not null,
    details     jsonb       not null
);

create index audit_log_of_object on audit_log (object_kind, object_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% lets rows in and never changes them', tg_table_name;
end
$$;

create trigger audit_log_is_append_only before update or delete on audit_log for each row execute function refuse_change();

-- Every call: in, of a verification by somebody; out, of the upstream by us.
create table api_call (
    id              uuid primary key,
    at              timestamptz not null,
    direction       text        not null check (direction in ('in', 'out')),
    method          text        not null,
    endpoint        text        not null check (length(endpoint) <= 300),
    document_type   text,
    number_masked   text,
    number_index    bytea,
    status          integer,
    millis          integer     not null,
    bytes           bigint,
    verification_id uuid,
    key_id          text,
    trace_id        text,
    principal       text,
    client_address  text        check (length(client_address) <= 64),
    user_agent      text        check (length(user_agent) <= 300),
    error           text        check (length(error) <= 60)
);

create index api_call_by_id on api_call (direction, id desc);
create index api_call_by_time on api_call (at);
create index api_call_by_verification on api_call (verification_id) where verification_id is not null;
create trigger api_call_is_never_changed before update on api_call for each row execute function refuse_change();

-- The last background look at the upstream; whoever claims it makes the next one.
create table upstream_probe (
    only_row   boolean primary key default true check (only_row),
    claimed_at timestamptz,
    ended_at   timestamptz,
    healthy    boolean,
    reason     text,
    millis     integer,
    check ((ended_at is null) = (healthy is null))
);

insert into upstream_probe default values;

-- A person's consent to be looked up by a provider that may not be asked without one. token_ref is the register's own id of it.
create table consent (
    id            uuid primary key,
    document_type text        not null check (document_type in ('iin', 'passport', 'bin')),
    number_masked text        not null,
    number_index  bytea       not null,
    purpose       text        not null check (length(purpose) between 1 and 200),
    scope         text        not null check (length(scope) between 1 and 100),
    channel       text        not null check (length(channel) between 1 and 50),
    token_ref     text        check (length(token_ref) <= 200),
    granted_at    timestamptz not null,
    expires_at    timestamptz not null,
    recorded_by   text        not null,
    revoked_at    timestamptz,
    check (expires_at > granted_at)
);

create index consent_of_number on consent (number_index, scope, expires_at desc) where revoked_at is null;

create table bulk_job (
    id            uuid primary key,
    principal     text        not null,
    document_type text        not null check (document_type in ('iin', 'passport', 'bin')),
    trace_id      text,
    given         integer     not null check (given > 0),
    numbers       integer     not null check (numbers > 0),
    created_at    timestamptz not null,
    ended_at      timestamptz
);

create index bulk_job_by_time on bulk_job (created_at);

-- A number of a job; the same one twice in a job is one item. The number itself goes when the item is done, or was refused at once.
create table bulk_item (
    job_id          uuid    not null references bulk_job (id) on delete cascade,
    position        integer not null,
    times           integer not null,
    number          bytea,
    number_masked   text    not null,
    state           text    not null check (state in ('waiting', 'running', 'done')),
    due_at          timestamptz,
    attempts        integer not null default 0,
    verification_id uuid,
    status          text,
    reason          text,
    primary key (job_id, position),
    check ((state = 'done') = (status is not null)),
    check ((state = 'done') = (number is null)),
    check ((state = 'done') = (due_at is null))
);

-- What is due: waiting, or running with a lease that has ended. Version 7 ids put older jobs first.
create index bulk_item_due on bulk_item (due_at) where state <> 'done';
create index bulk_item_open on bulk_item (job_id) where state <> 'done';
