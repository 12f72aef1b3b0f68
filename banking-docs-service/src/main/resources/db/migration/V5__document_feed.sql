-- What happened to documents, in the order in which employees are told. seq is given after the commit, so a reader that goes on
-- behind the last seq it saw misses nothing.
create table document_feed (
    id          bigint generated always as identity primary key,
    seq         bigint unique,
    document_id bigint      not null references document (id),
    kind        text        not null,
    at          timestamptz not null
) with (fillfactor = 70);

create index document_feed_unnumbered on document_feed (id) where seq is null;

-- Numbers what has committed, one instance at a time; the greatest number that there is then. The number of the lock is
-- «docfeed» in ASCII; no other advisory lock of this database has it.
create function document_feed_advance(at_most integer) returns bigint language plpgsql as $$
begin
    if pg_try_advisory_xact_lock(x'646F6366656564'::bigint) then
        with due as (select id, row_number() over (order by id) place from
                (select id from document_feed where seq is null order by id limit at_most) unnumbered),
             base as (select coalesce(max(seq), 0) seq from document_feed)
        update document_feed f set seq = base.seq + due.place from due, base where f.id = due.id;
    end if;
    return (select coalesce(max(seq), 0) from document_feed);
end $$;
