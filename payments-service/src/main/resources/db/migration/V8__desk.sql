-- What the pages of the payment desk keep.

-- Names of those who have been at the desk; everything else names people by actor.
create table desk_person (
    actor   text    primary key check (length(actor) between 1 and 255),
    name    text    not null check (length(name) between 1 and 500),
    decides boolean not null,
    seen_at timestamptz not null
);

-- Saved views: the query of an address under a name, of one person or for all.
create table desk_view (
    id         uuid    primary key,
    owner      text    not null,
    name       text    not null check (length(name) between 1 and 60),
    query      text    not null check (length(query) <= 2000),
    shared     boolean not null,
    created_at timestamptz not null,
    unique (owner, name)
);
