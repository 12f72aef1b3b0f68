-- The versions of the APIs behind the gateway: the only source of the headers Deprecation, Sunset and Link, of 410 after
-- the sunset, and of GET /versions. A change is in force on every gateway after one refresh, without a restart.
create table api_version (
    api            text        not null check (api ~ '^[a-z][a-z0-9-]{0,62}$'),
    version        text        not null check (version ~ '^v[1-9][0-9]{0,3}$'),
    status         text        not null check (status in ('preview', 'active', 'deprecated', 'sunset', 'removed')),
    released_at    timestamptz,
    deprecation_at timestamptz,
    sunset_at      timestamptz,
    successor      text,
    doc_url        text        check (doc_url ~ '^(https?://|/)[!#-;=?-Z_a-z~%]+$'),
    primary key (api, version),
    foreign key (api, successor) references api_version (api, version),
    constraint released_unless_preview check (released_at is not null or status = 'preview'),
    constraint deprecated_has_date check (deprecation_at is not null or status <> 'deprecated'),
    constraint sunset_follows_deprecation
        check (sunset_at is null or (deprecation_at is not null and sunset_at >= deprecation_at)),
    constraint successor_is_another check (successor is null or successor <> version)
);

insert into api_version (api, version, status, released_at, doc_url) values
    ('banking-docs',   'v1', 'active', timestamptz '2026-11-20 00:00:00+00', '/docs/redoc?api=banking-docs-service'),
    ('egov',           'v1', 'active', timestamptz '2026-11-20 00:00:00+00', '/docs/redoc?api=egov-service'),
    ('gosuslugi',      'v1', 'active', timestamptz '2026-11-20 00:00:00+00', '/docs/redoc?api=gosuslugi-service'),
    ('identification', 'v1', 'active', timestamptz '2026-11-20 00:00:00+00', '/docs/redoc?api=identification-service'),
    ('payments',       'v1', 'active', timestamptz '2026-11-20 00:00:00+00', '/docs/redoc?api=payments-service');
