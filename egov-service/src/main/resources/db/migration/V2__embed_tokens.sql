-- Tokens with which pages of other origins verify. Whoever reads this table cannot use one: only hashes are here.
create table embed_token (
    hash        bytea primary key check (length(hash) = 32),
    client_id   text        not null,
    subject     text        not null,
    origin      text        not null check (length(origin) <= 300),
    checks_left integer     not null check (checks_left >= 0),
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);

create index embed_token_of_origin on embed_token (origin);
create index embed_token_by_end on embed_token (expires_at);
