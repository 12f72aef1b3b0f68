-- Who is asking for a verdict just now, so that another instance need not. Unlogged: it may be lost with a crash of the server.
create unlogged table verdict_flight (
    key      bytea primary key,
    instance uuid        not null,
    until    timestamptz not null
);

create index verdict_flight_by_end on verdict_flight (until);
